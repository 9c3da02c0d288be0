import type { TSchema } from "@sinclair/typebox";

/** The schema with a description, which the API's documentation and docs/cli.md show. */
export const about = <T extends TSchema>(description: string, schema: T): T => ({ ...schema, description });

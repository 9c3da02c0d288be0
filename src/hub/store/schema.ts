/** The tables of migrations/, for typed queries; comments stand there. */
import { blob, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const supervisors = sqliteTable("supervisors", {
  id: integer().primaryKey(),
  name: text().notNull(),
  epochId: integer("epoch_id"),
  newestMs: integer("newest_ms"),
});

export const processes = sqliteTable("processes", {
  id: integer().primaryKey(),
  supervisorId: integer("supervisor_id").notNull(),
  group: text("group_name").notNull(),
  name: text().notNull(),
});

export const epochs = sqliteTable("epochs", {
  id: integer().primaryKey(),
  supervisorId: integer("supervisor_id").notNull(),
  epoch: text().notNull(),
  lastSeq: integer("last_seq").notNull(),
});

export const items = sqliteTable("items", {
  id: integer().primaryKey(),
  run: integer().notNull(),
  facts: integer().notNull(),
  pid: integer(),
  seq: integer(),
  actionId: integer("action_id"),
});

export const actions = sqliteTable("actions", {
  id: integer().primaryKey(),
  user: text(),
  address: text().notNull(),
  method: text().notNull(),
  detail: text().notNull(),
  targets: text().notNull(),
});

export const gaps = sqliteTable("gaps", {
  itemId: integer("item_id").primaryKey(),
  fromMs: integer("from_ms").notNull(),
  reason: text().notNull(),
  lost: integer(),
});

export const spawnerrs = sqliteTable("spawnerrs", {
  id: integer().primaryKey(),
  text: text().notNull(),
});

export const itemSpawnerrs = sqliteTable("item_spawnerrs", {
  itemId: integer("item_id").primaryKey(),
  spawnerrId: integer("spawnerr_id").notNull(),
});

export const evidence = sqliteTable("evidence", {
  itemId: integer("item_id").primaryKey(),
  processId: integer("process_id").notNull(),
  body: blob({ mode: "buffer" }).notNull(),
});

export const stats = sqliteTable("stats", {
  supervisorId: integer("supervisor_id").notNull(),
  slot: integer().notNull(),
  body: blob({ mode: "buffer" }).notNull(),
});

export const endedSessions = sqliteTable("ended_sessions", {
  id: text().primaryKey(),
  expiresMs: integer("expires_ms").notNull(),
});

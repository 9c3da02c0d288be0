import type { Supervisors } from "./fleet-groups.ts";
import { emptyTexts as texts } from "./texts/empty.ts";

/** Where there is no card at all: what is missing and what to do next. */
export const EmptyState = ({ supervisors }: { supervisors: Supervisors }) => {
  if (supervisors.size === 0)
    return (
      <section class="empty" id="empty" tabindex="-1">
        <h2>{texts.noSupervisor}</h2>
        <p>{texts.addSupervisor}</p>
        <pre>{texts.section}</pre>
      </section>
    );
  const links = [...supervisors.values()].map(({ link }) => link.status);
  if (!links.includes("live"))
    return (
      <section class="empty" id="empty" tabindex="-1">
        <h2>{links.includes("connecting") ? texts.connecting : texts.noneReached}</h2>
        <p>{texts.check}</p>
      </section>
    );
  return (
    <section class="empty" id="empty" tabindex="-1">
      <h2>{texts.noProcess}</h2>
      <p>{texts.addProgram}</p>
    </section>
  );
};

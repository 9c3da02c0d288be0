import type { Supervisors } from "./fleet-groups.ts";

/** Where there is no card at all: what is missing and what to do next. */
export const EmptyState = ({ supervisors }: { supervisors: Supervisors }) => {
  if (supervisors.size === 0)
    return (
      <section class="empty" id="empty">
        <h2>No supervisor is configured</h2>
        <p>Add one section for each supervisord to the hub's configuration file, then reload the hub:</p>
        <pre>{"[supervisor:lid001]\nurl=lid001.example.org:9002"}</pre>
      </section>
    );
  const links = [...supervisors.values()].map(({ link }) => link.status);
  if (!links.includes("live"))
    return (
      <section class="empty" id="empty">
        <h2>{links.includes("connecting") ? "Connecting to the supervisors" : "No supervisor can be reached"}</h2>
        <p>
          The hub keeps trying. Check that each supervisord runs, with the multivisor agent in it or its own HTTP
          server.
        </p>
      </section>
    );
  return (
    <section class="empty" id="empty">
      <h2>No process is configured</h2>
      <p>The supervisors answer, but their supervisord.conf has no [program:…] section yet.</p>
    </section>
  );
};

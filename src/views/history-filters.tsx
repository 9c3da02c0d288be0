import { attributeText } from "./attribute-text.ts";
import type { HistoryFields } from "./history-fields.ts";
import { historyFilterTexts as texts } from "./texts/history.ts";
import { stateTexts } from "./texts/states.ts";
import type { ZoneTime } from "./zone-time.ts";

type Option = readonly [value: string, word: string];

const STATES: readonly Option[] = [
  ["", texts.anyState],
  ["FATAL,BACKOFF,EXITED", texts.badStates],
  ...Object.entries(stateTexts.states),
];

type SelectProps = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
};

const Select = ({ name, label, value, options }: SelectProps) => {
  const known = options.some(([key]) => key === value) ? options : [...options, [value, value] as const];
  return (
    <label>
      <span safe>{label}</span>
      <select name={name}>
        {known.map(([key, word]) => (
          <option value={attributeText(key)} {...(key === value ? { selected: true } : {})} safe>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
};

type TextProps = { readonly name: string; readonly label: string; readonly value: string; readonly hint?: string };

const Text = ({ name, label, value, hint = "" }: TextProps) => (
  <label>
    <span safe>{label}</span>
    <input
      type="text"
      name={name}
      value={attributeText(value)}
      placeholder={hint}
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
    />
  </label>
);

/** In the reader's zone; the script sends it as an instant, without it the hub reads it in the same zone. */
const Time = ({ name, label, value, zone }: TextProps & { readonly zone: ZoneTime }) => {
  const ms = Date.parse(value);
  const local = Number.isNaN(ms) ? "" : new Date(ms + zone.offsetMs(ms)).toISOString().slice(0, 19);
  return (
    <label>
      <span safe>{label}</span>
      <input type="datetime-local" step="1" name={name} value={local} />
    </label>
  );
};

type Props = { readonly fields: HistoryFields; readonly basePath: string; readonly zone: ZoneTime };

const MORE = ["supervisor", "group", "process", "kind", "cause", "expected"] as const;

/** What is asked of the history, as a form whose answer is a link. */
export const HistoryFilters = ({ fields, basePath, zone }: Props) => (
  <form id="history-filter" class="panel filters" method="get" action={`${basePath}/history`}>
    <Text name="uid" label={texts.uid} value={fields.uid} hint={texts.uidHint} />
    <Select name="state" label={texts.state} value={fields.state} options={STATES} />
    <Select name="range" label={texts.range} value={fields.range} options={Object.entries(texts.ranges)} />
    <div class="custom-times">
      <Time name="from" label={texts.from} value={fields.from} zone={zone} />
      <Time name="to" label={texts.to} value={fields.to} zone={zone} />
    </div>
    <Text name="text" label={texts.text} value={fields.text} hint={texts.textHint} />
    <details class="more-filters" {...(MORE.some((name) => fields[name] !== "") ? { open: true } : {})}>
      <summary>{texts.more}</summary>
      <div class="more-fields">
        <Text name="supervisor" label={texts.supervisor} value={fields.supervisor} hint={texts.supervisorHint} />
        <Text name="group" label={texts.group} value={fields.group} />
        <Text name="process" label={texts.process} value={fields.process} />
        <Select name="kind" label={texts.kind} value={fields.kind} options={Object.entries(texts.kinds)} />
        <Select name="cause" label={texts.cause} value={fields.cause} options={Object.entries(texts.causes)} />
        <Select name="expected" label={texts.expected} value={fields.expected} options={Object.entries(texts.ends)} />
      </div>
    </details>
    <button type="submit" class="worded">
      {texts.show}
    </button>
    <a href={`${basePath}/history`} class="quiet">
      {texts.clear}
    </a>
  </form>
);

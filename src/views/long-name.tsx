import { splitForMiddle } from "./shorten.ts";

/** A name that gives way in the middle. Each part is isolated: marks of direction in one cannot turn the page around. */
export const LongName = ({ text }: { text: string }) => {
  const [head, tail] = splitForMiddle(text);
  return (
    <>
      <span class="n1" safe>
        {head}
      </span>
      {tail === "" ? null : (
        <span class="n2" safe>
          {tail}
        </span>
      )}
    </>
  );
};

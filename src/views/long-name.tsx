import { splitForMiddle } from "./shorten.ts";

/** A name that gives way in the middle. Each part is isolated: marks of direction in one cannot turn the page around. @param room characters that always fit */
export const LongName = ({ text, room }: { text: string; room?: number }) => {
  const [head, tail] = splitForMiddle(text, room);
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

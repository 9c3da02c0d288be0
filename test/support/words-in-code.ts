import ts from "typescript";

/** Attributes and properties that people read or hear. */
const READ = new Set(["title", "placeholder", "aria-label", "alt", "label", "textContent", "innerText", "ariaLabel"]);

/** Calls whose texts are selectors, types, classes, and words that others wrote. */
const FOR_MACHINES =
  /^(?:querySelector(?:All)?|closest|matches|matchMedia|parseFromString|Error|add|remove|toggle|startsWith|includes)$/;

const isName = (node: ts.Node, names: ReadonlySet<string>): boolean => names.has(node.getText().replaceAll('"', ""));

const calleeName = ({ expression }: ts.CallExpression | ts.NewExpression): string =>
  ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();

/** `x.textContent = …`, `x.setAttribute("title", …)`, `<p title=…>` */
function isRead(parent: ts.Node, node: ts.Node): boolean {
  if (ts.isBinaryExpression(parent))
    return parent.right === node && ts.isPropertyAccessExpression(parent.left) && isName(parent.left.name, READ);
  if (ts.isCallExpression(parent)) {
    const [name] = parent.arguments;
    return calleeName(parent) === "setAttribute" && name !== undefined && name !== node && isName(name, READ);
  }
  return ts.isJsxAttribute(parent) && isName(parent.name, READ);
}

function isForMachines(parent: ts.Node): boolean {
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return FOR_MACHINES.test(calleeName(parent));
  if (ts.isBinaryExpression(parent))
    return /^[=!]==$/.test(parent.operatorToken.getText()) || /\.className$/.test(parent.left.getText());
  return ts.isJsxAttribute(parent) || ts.isImportDeclaration(parent) || ts.isTypeNode(parent);
}

type Place = "read" | "machines" | "open";

/** What becomes of a text, through the choices and sums that it is a part of. */
function placeOf(node: ts.Node): Place {
  for (let [at, parent] = [node, node.parent]; parent !== undefined; [at, parent] = [parent, parent.parent]) {
    if (isRead(parent, at)) return "read";
    if (isForMachines(parent)) return "machines";
    if (ts.isStatement(parent) || ts.isArrowFunction(parent)) return "open";
  }
  return "open";
}

/** `"exit ".length`, and what is written as markup: its own parts are looked at where they are made. */
const isMeasured = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node;
const isMarkup = (pieces: readonly string[]): boolean => pieces.some((piece) => /<\/?[a-z!]|="$|^ data-/.test(piece));

/** The same in every language: units, and the language of filters. */
const SAME = /^ ?(?:ms|s|min|h|d|KiB|MiB|GiB|UTC)$|^(?:-?[a-z]+:[\w,*-]+ ?)+$/;

const WORD = /\p{L}{2}/u;
/** Words with a space beside them: no name, no class, no key. */
const PROSE = /\p{L}{2,}[,.:]? +\p{L}|^ +\p{L}{2}|\p{L}{2} +$/u;

function piecesOf(node: ts.Node): readonly string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  return ts.isJsxText(node) ? [node.text] : [];
}

/**
 * Words in the code of a page, where another language could not reach them: in markup, in what is given to the page to be
 * read, and whatever else reads like a sentence.
 */
export function wordsInCode(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const pieces = piecesOf(node);
    if (pieces.length > 0) {
      const place = ts.isJsxText(node) ? "read" : placeOf(node);
      const isWord = place === "read" ? WORD : PROSE;
      const isRead = pieces.some((piece) => isWord.test(piece) && !SAME.test(piece));
      if (place !== "machines" && isRead && !isMeasured(node) && !isMarkup(pieces))
        found.push(`${path}: ${pieces.join("…").trim().replaceAll(/\s+/g, " ")}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

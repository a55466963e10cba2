/** A script as text, see vitePlugin.ts. */
declare module '*?bundle' {
  const script: string;
  export default script;
}

import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "data", "exports", "test/out", "node_modules", "schema/client/operations.ts"] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // A promise nobody waits for is how an answer overtakes its own commit.
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // Nothing in the product may reach a shell: SMBIOS strings are attacker's text.
      "no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "child_process", message: "Use node:child_process." },
            {
              name: "node:child_process",
              importNames: ["exec", "execSync"],
              message: "These start a shell. Use execFile or spawn with an argument list.",
            },
          ],
        },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Strings from SMBIOS hold control characters; the patterns that find them must too.
      "no-control-regex": "off",
    },
  },
  // Plain JavaScript: node's own globals, and no types to check by.
  { files: ["**/*.js", "**/*.mjs"], ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.js", "**/*.mjs"], rules: { "no-undef": "off" } },
);

"""What a type checker has to refuse."""

import botiquette

botiquette.lint(7)  # wrong
botiquette.lint_project(["bot.yaml"])  # wrong
botiquette.Linter(profile="lenient")  # wrong
print(botiquette.lint("")["finding"])  # wrong
print(botiquette.rules()[0]["title"] + 1)  # wrong

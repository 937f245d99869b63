"""`hanji completion SHELL`: the script that teaches a shell to complete hanji's commands and options."""

from __future__ import annotations

import json
import os
from typing import Any

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, get_completion_class

VARIABLE = "_HANJI_COMPLETE"
_SHELLS = ("bash", "elvish", "fish", "powershell", "zsh")


class _ElvishComplete(ShellComplete):
    """Completion for Elvish, which click does not know.

    The words of the line go to hanji as JSON; each candidate comes back as a line: kind, value and help, with tabs.
    """

    name = "elvish"
    source_template = """\
use str
set edit:completion:arg-completer[%(prog_name)s] = {|@words|
    env COMP_WORDS=(put $words | to-json) %(complete_var)s=elvish_complete %(prog_name)s | each {|line|
        var kind value help = (str:split "\\t" $line)
        if (!=s $kind plain) {
            edit:complete-filename $@words
        } elif (==s $help '') {
            edit:complex-candidate $value
        } else {
            edit:complex-candidate $value &display=$value' ('$help')'
        }
    }
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        words: list[str] = json.loads(os.environ["COMP_WORDS"])
        return words[1:-1], words[-1]

    def format_completion(self, item: CompletionItem[Any]) -> str:
        return "\t".join([item.type, item.value, " ".join((item.help or "").split())])


add_completion_class(_ElvishComplete)


@click.command(
    "completion",
    short_help="Print a script that completes commands in your shell.",
    epilog="""\b
Examples:
  hanji completion bash > ~/.local/share/bash-completion/completions/hanji
  hanji completion zsh > ~/.zfunc/_hanji
  hanji completion fish > ~/.config/fish/completions/hanji.fish
  hanji completion elvish > ~/.config/elvish/lib/hanji.elv    then: use hanji
  hanji completion powershell >> $PROFILE
""",
)
@click.argument("shell", metavar="SHELL", type=click.Choice(_SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print a script that completes hanji's commands and options when you press Tab.

    SHELL is bash, elvish, fish, powershell or zsh.
    """
    completion = get_completion_class(shell)
    assert completion is not None
    # Bash's own `source` starts the bash that stands first in the path, to ask for its version.
    script = ShellComplete.source(completion(ctx.find_root().command, {}, "hanji", VARIABLE))
    click.echo(script, nl=False)

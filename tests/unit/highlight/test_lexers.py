"""Shell code, read so that commands, options and arguments can differ in colour."""

import pytest

from generator.highlight.tokens import split_tokens


def words(code: str, lexer: str = "ShellLexer") -> list[str]:
    """Return the tokens as `Type text`, the white space left out."""
    tokens = split_tokens(code, lexer) or []
    return [f"{kind.rpartition('.')[2]} {text}" for kind, text in tokens if not text.isspace()]


def test_a_command_its_options_and_arguments() -> None:
    assert words("docker run -d --name web -p 80:80 nginx 5\n") == [
        "Function docker",
        "Other run",
        "Attribute -d",
        "Attribute --name",
        "Other web",
        "Attribute -p",
        "Other 80:80",
        "Other nginx",
        "Number 5",
    ]


@pytest.mark.parametrize("joint", ["|", "&&", ";", "||", "&", "\n"])
def test_after_a_joint_comes_another_command(joint: str) -> None:
    assert [word for word in words(f"ls x {joint} echo y") if word[0] in "FB"] == ["Function ls", "Builtin echo"]


def test_assignments_and_declarations() -> None:
    assert words('A=1 export B="x"\n') == [
        *("Global A", "Operator =", "Other 1", "Declaration export", "Global B", "Operator ="),
        *('Double "', "Double x", 'Double "'),
    ]
    assert words("a=(1 2)\nls") == [
        "Global a",
        "Operator =",
        "Punctuation (",
        "Other 1",
        "Other 2",
        "Punctuation )",
        "Function ls",
    ]


def test_substitutions_hold_commands() -> None:
    assert words('x "$(ls -l)" `pwd` ${A:-b}') == [
        *("Function x", 'Double "', "Punctuation $(", "Function ls", "Attribute -l", "Punctuation )", 'Double "'),
        *(
            "Backtick `",
            "Builtin pwd",
            "Backtick `",
            "Interpol ${",
            "Variable A",
            "Operator :-",
            "Variable b",
            "Interpol }",
        ),
    ]


def test_loops_conditions_and_cases() -> None:
    assert words("for i in a; do [[ -n $i ]]; done\n") == [
        *("Keyword for", "Class i", "Keyword in", "Other a", "Punctuation ;", "Keyword do"),
        *("Punctuation [[", "Operator -n", "Variable $i", "Punctuation ]]", "Punctuation ;", "Keyword done"),
    ]
    assert words("case $1 in\n a|b) ls ;;\nesac\nls") == [
        *("Keyword case", "Instance $1", "Keyword in", "Regex a", "Operator |", "Regex b", "Operator )"),
        *("Function ls", "Punctuation ;;", "Keyword esac", "Function ls"),
    ]


def test_here_documents_are_strings() -> None:
    assert words("cat <<EOF > f\na $b\nEOF\nls\n") == [
        *("Function cat", "Operator <<", "Delimiter EOF", "Operator >", "Other f"),
        *("Heredoc a $b\n", "Delimiter EOF", "Function ls"),
    ]


def test_comments_start_at_a_word() -> None:
    assert words("ls a#b # c\n# d") == ["Function ls", "Other a#b", "Mark #", "Single  c", "Mark #", "Single  d"]


def test_a_session_has_prompts_commands_and_output() -> None:
    assert words("$ export A=1\ntotal 0\nuser@host:~$ A=1 cd x\n", "ShellSessionLexer") == [
        *("Prompt $", "Declaration export", "Global A", "Operator =", "Other 1", "Output total 0\n"),
        *("Entity user@host:~", "Prompt $", "Global A", "Operator =", "Other 1", "Builtin cd", "Other x"),
    ]


def test_in_a_session_the_first_command_stays_plain_as_in_zola() -> None:
    assert words("$ ls -l | wc -l\n", "ShellSessionLexer") == [
        *("Prompt $", "Text ls", "Text -l", "Operator |", "Function wc", "Attribute -l"),
    ]


def test_markdown_has_marks_for_lines_and_for_text() -> None:
    code = "# 제목\n- **b** `c`\n> q\n\n```sh\nls\n```\n[a](b) <!-- x -->\n"
    assert words(code, "MarkdownLexer") == [
        *("Mark #", "Heading 제목", "Item -", "Mark **", "Strong b", "Mark **", "Quote `", "Backtick c", "Quote `"),
        *("Quote >", "Quote q", "Fence ```", "Label sh", "Code ls\n", "Fence ```"),
        *("Punctuation [", "Link a", "Punctuation ]", "Link (", "Attribute b", "Link )"),
        *("Mark <!--", "Multiline  x ", "Mark -->"),
    ]


def test_a_dockerfile_has_instructions_strings_and_comments() -> None:
    assert words('# a\nFROM b AS c\nonbuild RUN d "e\\n" \\\n  f\n', "DockerLexer") == [
        *("Mark #", "Single  a", "Keyword FROM", "Text  b ", "Keyword AS", "Text  c"),
        *("Namespace onbuild", "Keyword RUN", "Text  d ", 'Double "', "Double e", "Escape \\n", 'Double "'),
        *("Text \\", "Text   f"),
    ]

using System.Text.RegularExpressions;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Testing;

/// <summary>A finding that a fixture expects.</summary>
/// <param name="Code">The rule.</param>
/// <param name="Span">Where; a span that runs over the line's end has only its beginning given.</param>
/// <param name="IsOpen">Whether only the beginning is given.</param>
/// <param name="Severity">The severity, or null when any will do.</param>
/// <param name="Message">A part of the message, or null.</param>
public sealed record ExpectedFinding(string Code, TextSpan Span, bool IsOpen, Severity? Severity, string? Message);

/// <summary>One file of a fixture, with its marks taken out.</summary>
public sealed partial class FixtureFile
{
    private FixtureFile(string path, string flags)
    {
        Path = path;
        Flags = flags;
    }

    /// <summary>Workspace-relative path.</summary>
    public string Path { get; }

    /// <summary>What stands in braces behind the path: <c>crlf</c>, <c>cr</c>, <c>no-eol</c>.</summary>
    public string Flags { get; }

    /// <summary>The text without marks and annotations.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The offset of <c>$0</c>, or null.</summary>
    public int? Cursor { get; private set; }

    /// <summary>The ranges between <c>⟦</c> and <c>⟧</c>, by their beginning.</summary>
    public IReadOnlyList<TextSpan> Marks { get; private set; } = [];

    /// <summary>The findings written beneath their lines.</summary>
    public IReadOnlyList<ExpectedFinding> Expected { get; private set; } = [];

    /// <summary>Takes a text as it is, with no marks in it.</summary>
    public static FixtureFile Plain(string path, string text) => new(path, "") { Text = text };

    /// <summary>Reads the files of a fixture; text before the first header is the file <paramref name="defaultPath"/>.</summary>
    public static IReadOnlyList<FixtureFile> Parse(string fixture, string defaultPath = "note.md")
    {
        var files = new List<FixtureFile>();
        var path = defaultPath;
        var flags = "";
        var lines = new List<string>();
        var started = false;
        foreach (var line in fixture.ReplaceLineEndings("\n").Split('\n'))
        {
            var header = Header().Match(line);
            if (!header.Success)
            {
                lines.Add(line);
                continue;
            }

            if (started || lines.Any(before => before.Length > 0))
            {
                files.Add(Read(path, flags, lines));
            }

            started = true;
            path = header.Groups["path"].Value.Trim();
            flags = header.Groups["flags"].Value;
            lines.Clear();
        }

        files.Add(Read(path, flags, lines));
        return files;
    }

    private static FixtureFile Read(string path, string flags, List<string> lines)
    {
        var file = new FixtureFile(path, flags);
        var end = flags.Contains("crlf", StringComparison.Ordinal) ? "\r\n" : flags.Split(' ', ',').Contains("cr") ? "\r" : "\n";
        file.Strip(lines, end, flags.Contains("no-eol", StringComparison.Ordinal));
        return file;
    }

    private void Strip(List<string> lines, string end, bool noEndOfLine)
    {
        // The blank line before the next header belongs to the fixture's looks.
        while (lines.Count > 0 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        var builder = new System.Text.StringBuilder();
        var marks = new List<TextSpan>();
        var open = new Stack<int>();
        var expected = new List<ExpectedFinding>();
        var start = 0;
        var columns = new List<int> { 0 };
        var first = true;
        foreach (var line in lines)
        {
            if (!first && Annotation().Match(line) is { Success: true } annotation)
            {
                expected.Add(ReadAnnotation(annotation, start, columns));
                continue;
            }

            if (!first)
            {
                builder.Append(end);
            }

            first = false;
            start = builder.Length;
            columns = StripLine(line, builder, marks, open);
        }

        if (lines.Count > 0 && !noEndOfLine)
        {
            builder.Append(end);
        }

        Text = builder.ToString();
        Marks = [.. marks.OrderBy(mark => mark.Start).ThenByDescending(mark => mark.Length)];
        Expected = expected;
    }

    /// <summary>Appends a line without its marks. The result maps a column of the line as written to one of the line as it is.</summary>
    private List<int> StripLine(string line, System.Text.StringBuilder builder, List<TextSpan> marks, Stack<int> open)
    {
        var columns = new List<int>(line.Length + 1);
        var start = builder.Length;
        for (var i = 0; i < line.Length; i++)
        {
            columns.Add(builder.Length - start);
            switch (line[i])
            {
                case '$' when i + 1 < line.Length && line[i + 1] == '0':
                    Cursor = builder.Length;
                    columns.Add(builder.Length - start);
                    i++;
                    break;
                case '⟦':
                    open.Push(builder.Length);
                    break;
                case '⟧':
                    marks.Add(TextSpan.FromBounds(open.Pop(), builder.Length));
                    break;
                default:
                    builder.Append(line[i]);
                    break;
            }
        }

        columns.Add(builder.Length - start);
        return columns;
    }

    private static ExpectedFinding ReadAnnotation(Match annotation, int lineStart, List<int> columns)
    {
        var carets = annotation.Groups["carets"];
        var from = annotation.Groups["first"].Success ? 0 : carets.Index;
        var isEmpty = carets.Value == "|";
        var begin = ColumnAt(columns, from);
        var finish = isEmpty ? begin : ColumnAt(columns, from + carets.Length);
        var severity = annotation.Groups["severity"].Value switch
        {
            "error" => Severity.Error,
            "warning" => Severity.Warning,
            "info" => Severity.Information,
            "hint" => Severity.Hint,
            _ => (Severity?)null,
        };
        var message = annotation.Groups["message"].Value.Trim();
        return new(
            annotation.Groups["code"].Value,
            TextSpan.FromBounds(lineStart + begin, lineStart + finish),
            annotation.Groups["open"].Success,
            severity,
            message.Length == 0 ? null : message);
    }

    private static int ColumnAt(List<int> columns, int column) =>
        column < columns.Count ? columns[column] : columns[^1] + column - (columns.Count - 1);

    [GeneratedRegex(@"^//- (?<path>[^{]+?)\s*(\{(?<flags>[^}]*)\})?\s*$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^\s*#(?<first><)?\s*(?<carets>\^+|\|)(?<open>\.\.\.)?\s+(?<code>[a-z]+/[a-z-]+)(\s+(?<severity>error|warning|info|hint))?\s*(:(?<message>.*))?$")]
    private static partial Regex Annotation();
}

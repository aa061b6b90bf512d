using System.Globalization;
using System.Text;
using System.Text.Json;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>The entries of a JSON answer as containers of a YAML file: a list under the plural of their type, each with an id of its own.</summary>
internal static class ContainerList
{
    private static readonly string[] Reserved = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"];

    /// <summary>The file with the entries; those whose number or id is there already are left out.</summary>
    public static string Write(StepScope scope, string list, string answer, SourceText? before)
    {
        using var document = JsonDocument.Parse(answer);
        var known = Known(before, list);
        var indent = IndentOf(before, list);
        var result = new StringBuilder();
        foreach (var (id, entry) in EntriesOf(scope, list, document))
        {
            if (known.Add(id))
            {
                Entry(scope, result, id, entry, indent);
            }
        }

        var line = before?.DominantLineEnding ?? "\n";
        var added = result.ToString().Replace("\n", line, StringComparison.Ordinal);
        if (before is null || before.Text.Trim().Length == 0)
        {
            return list + ":\n" + result;
        }

        return EndOf(before, list) is { } end
            ? before.Text[..end].TrimEnd() + line + added + before.Text[end..].TrimStart('\r', '\n')
            : before.Text.TrimEnd() + line + list + ":" + line + added;
    }

    /// <summary>The ids of the entries that are there already, and so are left as they are.</summary>
    public static IReadOnlyList<string> LeftAsTheyAre(StepScope scope, string list, string answer, SourceText? before)
    {
        using var document = JsonDocument.Parse(answer);
        var known = Known(before, list);
        return [.. EntriesOf(scope, list, document).Select(entry => entry.Id).Where(known.Contains)];
    }

    private static IEnumerable<(string Id, JsonElement Entry)> EntriesOf(StepScope scope, string list, JsonDocument answer) =>
        answer.RootElement.GetProperty(list).EnumerateArray().Select((entry, index) =>
        {
            var number = entry.TryGetProperty("number", out var written) ? Scalar(written) ?? "" : (index + 1).ToString(CultureInfo.InvariantCulture);
            return (Slug.Of($"{(scope.HasSubject ? scope.Told.Id : list)}-{number}"), entry);
        });

    private static void Entry(StepScope scope, StringBuilder result, string id, JsonElement entry, (string Dash, string Key) indent)
    {
        result.Append(indent.Dash).Append("id: ").Append(Plain(id)).Append('\n');
        if (scope.Subject is { } subject)
        {
            result.Append(indent.Key).Append(subject.Type.ToLowerInvariant()).Append(": ").Append(Plain(scope.Told.Id)).Append('\n');
        }

        foreach (var property in entry.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Number)
            {
                result.Append(indent.Key).Append(property.Name).Append(": ").Append(property.Value.GetRawText()).Append('\n');
            }
            else if (Scalar(property.Value)?.Trim() is { Length: > 0 } text && property.Name is not ("id" or "type"))
            {
                result.Append(indent.Key).Append(property.Name).Append(": ").Append(Plain(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))).Append('\n');
            }
        }
    }

    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    // A word of letters needs no quotes, unless YAML reads something else in it than a word.
    private static string Plain(string text) =>
        text.Length is > 0 and < 60 && char.IsAsciiLetter(text[0]) && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-') && !Reserved.Contains(text.ToLowerInvariant())
            ? text
            : YamlText.Sentence(text);

    private static HashSet<string> Known(SourceText? before, string list)
    {
        var result = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in before is null ? [] : ListOf(before, list)?.Items ?? [])
        {
            if (item.Get("id").AsText() is { } id)
            {
                result.Add(id);
            }
        }

        return result;
    }

    // As the entries that are there already are written; two blanks where there are none.
    private static (string Dash, string Key) IndentOf(SourceText? before, string list)
    {
        if (before is null || ListOf(before, list) is not { IsFlow: false, Items: [var first, ..] })
        {
            return ("  - ", "    ");
        }

        var line = before.Text[before.GetLineSpan(before.Lines.GetLine(first.Span.Start)).Start..first.Span.Start];
        return line.Trim() == "-" ? (line, line.Replace('-', ' ')) : throw ProposalDraft.Nothing($"The entries of the list `{list}` are not written one below the other, so nothing can be added to it safely. Write each with a dash and its first key on one line.");
    }

    private static YamlSequence? ListOf(SourceText text, string list) => YamlParser.Parse(text).Documents.FirstOrDefault()?.Root.Get(list).Resolve() as YamlSequence;

    private static int? EndOf(SourceText text, string list) => ListOf(text, list) switch
    {
        null => null,
        { IsFlow: true } => throw ProposalDraft.Nothing($"The list `{list}` is written in brackets, so nothing can be added to it safely. Write it one entry a line, each with a dash."),
        var found => found.Span.End,
    };
}

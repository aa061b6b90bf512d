using System.Globalization;
using System.Text;
using StoryLsp.Features.Matching;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>Whole containers: the first lines of a new character, scene or clue.</summary>
internal static class ContainerSnippets
{
    // A new container shows what its type is about, and leaves the rest to the completion of keys: what a person does not fill in stays in the file.
    private const int MostFields = 2;

    /// <summary>New containers in an empty stretch of YAML.</summary>
    /// <param name="request">The request.</param>
    /// <param name="token">What is replaced.</param>
    /// <param name="expected">The type that the folder stands for, or null; it comes first.</param>
    /// <param name="area">The stretch.</param>
    public static IEnumerable<CompletionItem> InYaml(CompletionRequest request, TextSpan token, string? expected, TextArea area) =>
        Types(request, token, expected).Select((schema, rank) => Item(request, schema, token, Lines(schema, area.IsWholeFile), rank));

    /// <summary>New containers as front matter in a Markdown file that is empty; null in any other.</summary>
    public static CompletionList? InEmptyMarkdown(CompletionRequest request)
    {
        var text = request.Document.Text.Text;
        var mark = text.StartsWith('\uFEFF') ? 1 : 0;
        var word = TextSpan.FromBounds(text.Length - text[mark..].TrimStart().Length, text.TrimEnd().Length);
        if (word.Length <= 0)
        {
            word = new TextSpan(request.Offset, 0);
        }

        if (request.Document.Facts.Kind != Language.Facts.DocumentKind.Markdown || word.Length > 30 || !word.Touches(request.Offset) ||
            text.AsSpan(word.Start, word.Length).IndexOfAny(" \n\r#[") >= 0)
        {
            return null;
        }

        var expected = request.Snapshot.Schemas.TypeOfFolder(request.Document.Path, request.Snapshot.Settings.Folders);
        // Whoever has begun to write mostly writes prose.
        var begun = request.Typed(word);
        var items = Types(request, word, expected).Where(schema => schema.Name.StartsWith(begun, StringComparison.Ordinal)).Select((schema, rank) => Item(request, schema, word, ["---", .. Lines(schema, withName: false), "---", "", "$0"], rank)).ToList();
        return items.Count == 0 ? null : new(items, false);
    }

    /// <summary>
    /// New containers at a heading that has no text yet, and on an empty line: the heading, and a fence with its attributes. Only where a person asks for it, since a heading is
    /// mostly just that; null elsewhere.
    /// </summary>
    public static CompletionList? BeneathHeading(CompletionRequest request)
    {
        var text = request.Document.Text;
        var line = text.GetLineSpan(text.Lines.GetLine(request.Offset));
        var written = text.Slice(line);
        var signs = written.TrimEnd();
        if (!request.Options.IsAsked || request.Document.Facts.Kind != Language.Facts.DocumentKind.Markdown || signs.Length > 6 || signs.Any(sign => sign != '#') || line.End != request.Offset)
        {
            return null;
        }

        var heading = (signs.Length == 0 ? LevelBelow(request) : signs) + " ";
        // The fence belongs to a scene of a chapter wherever it stands.
        var expected = request.Snapshot.Schemas.TypeOfFolder(request.Document.Path, request.Snapshot.Settings.Folders) is { } type and not ("chapter" or "note") ? type : "scene";
        var items = Types(request, new TextSpan(request.Offset, 0), expected)
            .Select((schema, rank) => Item(request, schema, line, [heading + "${1:Title}", "", "```story", .. Lines(schema, withName: false, firstStop: 2), "```", "", "$0"], rank) with { FilterText = signs.Length == 0 ? null : heading + schema.Name });
        return new([.. items], false);
    }

    private static string LevelBelow(CompletionRequest request)
    {
        var fences = request.Document.Markdown?.StoryFences ?? [];
        var headings = request.Document.Facts.Headings;
        return fences.Select(fence => fence.Heading).LastOrDefault(heading => heading >= 0 && heading < headings.Count, -1) is >= 0 and var known ? new string('#', headings[known].Level) : "##";
    }

    /// <summary>A text as it must stand in a snippet to be just that text.</summary>
    public static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal).Replace("}", "\\}", StringComparison.Ordinal);

    private static IEnumerable<Schema> Types(CompletionRequest request, TextSpan token, string? expected)
    {
        var typed = request.Typed(token).Trim();
        return request.Snapshot.Schemas.All
            .Select(schema => (Schema: schema, Score: NameMatch.Score(typed, schema.Name)))
            .Where(match => match.Score > 0)
            .OrderByDescending(match => match.Schema.Name == expected)
            .ThenByDescending(match => match.Score)
            .Select(match => match.Schema);
    }

    private static List<string> Lines(Schema schema, bool withName, int firstStop = 1)
    {
        var lines = new List<string> { "type: " + Escape(schema.Name) };
        var stop = firstStop;
        if (withName)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"name: ${{{stop++}:Name}}"));
        }

        foreach (var field in Fields(schema))
        {
            var at = stop++.ToString(CultureInfo.InvariantCulture);
            // Never a key with a blank behind its colon: where the person leaves, a word or brackets stand there.
            lines.Add(Escape(field.Name) + ": " + field.Type switch
            {
                FieldType.List => $"[${at}]",
                FieldType.Object or FieldType.Container => $"{{${at}\\}}",
                _ => $"${{{at}:{Escape(field.Name)}}}",
            });
        }

        return lines;
    }

    private static IEnumerable<FieldSchema> Fields(Schema schema)
    {
        var required = schema.Fields.Where(field => field.Required && field.Name is not ("name" or "title"));
        var typical = schema.Name == "scene" ? ["characters"]
            : schema.Fields.TakeWhile(field => field.Name != "name").Where(IsSimpleList).Select(field => field.Name).Take(MostFields).ToArray();
        return required.Concat(schema.Fields.Where(field => !field.Required && typical.Contains(field.Name)));
    }

    private static bool IsSimpleList(FieldSchema field) =>
        field is { Deprecated: null, Type: FieldType.List } && field.Of?.Type is not (FieldType.Object or FieldType.Container);

    private static CompletionItem Item(CompletionRequest request, Schema schema, TextSpan span, List<string> lines, int rank)
    {
        var text = string.Join('\n', lines);
        return new CompletionItem
        {
            Label = "new " + schema.Name,
            Kind = CompletionKind.Snippet,
            Detail = "a whole container",
            NewText = request.Options.Snippets ? text : Plain(text).ReplaceLineEndings(request.Document.Text.DominantLineEnding),
            IsSnippet = request.Options.Snippets,
            Span = span,
            FilterText = schema.Name + " new " + schema.Name,
            SortText = "0" + rank.ToString("D3", CultureInfo.InvariantCulture),
            Documentation = schema.Description,
        };
    }

    private static string Plain(string snippet)
    {
        var result = new StringBuilder(snippet.Length);
        for (var i = 0; i < snippet.Length; i++)
        {
            if (snippet[i] == '\\' && i + 1 < snippet.Length)
            {
                result.Append(snippet[++i]);
            }
            else if (snippet[i] == '$')
            {
                // `$1` and `${1:Name}` leave nothing and the name.
                var colon = i + 1 < snippet.Length && snippet[i + 1] == '{' ? snippet.IndexOf(':', i) : -1;
                var close = colon < 0 ? -1 : snippet.IndexOf('}', colon);
                if (close > 0)
                {
                    result.Append(snippet, colon + 1, close - colon - 1);
                    i = close;
                }
                else
                {
                    i++;
                }
            }
            else
            {
                result.Append(snippet[i]);
            }
        }

        return result.ToString();
    }
}

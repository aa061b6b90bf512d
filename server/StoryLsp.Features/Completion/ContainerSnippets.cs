using System.Globalization;
using System.Text;
using StoryLsp.Features.Matching;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>Whole containers: the first lines of a new character, scene or clue.</summary>
internal static class ContainerSnippets
{
    // A new container shows what its type is about, and leaves the rest to the completion of keys.
    private const int MostFields = 5;

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
        var word = TextSpan.FromBounds(text.Length - text.TrimStart().Length, text.TrimEnd().Length);
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
        var items = Types(request, word, expected).Select((schema, rank) => Item(request, schema, word, ["---", .. Lines(schema, withName: false), "---", "", "$0"], rank));
        return new([.. items], false);
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

    private static List<string> Lines(Schema schema, bool withName)
    {
        var lines = new List<string> { "type: " + Escape(schema.Name) };
        var stop = 1;
        if (withName)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"name: ${{{stop++}:Name}}"));
        }

        foreach (var field in Fields(schema))
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"${stop++}");
            switch (field.Type)
            {
                case FieldType.List:
                    lines.Add(Escape(field.Name) + ": [" + at + "]");
                    break;
                case FieldType.Object or FieldType.Container:
                    lines.Add(Escape(field.Name) + ":");
                    lines.Add("  " + at);
                    break;
                default:
                    lines.Add(Escape(field.Name) + ": " + at);
                    break;
            }
        }

        return lines;
    }

    private static IEnumerable<FieldSchema> Fields(Schema schema)
    {
        var required = schema.Fields.Where(field => field.Required && field.Name is not ("name" or "title"));
        var typical = schema.Name == "scene"
            ? ["pov", "characters", "location", "when", "synopsis"]
            : schema.Fields.TakeWhile(field => field.Name != "name").Where(IsSimple).Select(field => field.Name).Take(MostFields).ToArray();
        return required.Concat(schema.Fields.Where(field => !field.Required && typical.Contains(field.Name))).Take(Math.Max(MostFields, required.Count()));
    }

    private static bool IsSimple(FieldSchema field) =>
        field.Deprecated is null && !(field.Type == FieldType.List && field.Of?.Type is FieldType.Object or FieldType.Container);

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

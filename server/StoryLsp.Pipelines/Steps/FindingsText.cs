using System.Globalization;
using System.Text;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Index;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Steps;

/// <summary>Findings for a model, each with the lines that it stands in, as they are in the file.</summary>
internal static class FindingsText
{
    private const int LinesAround = 3;

    public static string Of(StepScope scope)
    {
        var secrets = scope.Told.Secrets;
        var asked = scope.Asked;
        if (asked.Count == 0)
        {
            return "";
        }

        var list = new StringBuilder();
        var places = new SortedDictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        foreach (var (path, finding) in asked)
        {
            list.Append(CultureInfo.InvariantCulture, $"- {finding.Code} in {path}, line {LineOf(scope.Snapshot, path, finding.Span) + 1}: {finding.Message}\n");
            Add(path, finding.Span);
            foreach (var related in finding.Related)
            {
                Add(related.Path, related.Span);
            }
        }

        var result = new StringBuilder(Fence.Data("findings", list.ToString()));
        foreach (var (path, lines) in places)
        {
            if (secrets.Without(Lines(new PublicLines(scope.Snapshot, secrets, path), lines)) is { Length: > 0 } told)
            {
                result.Append('\n').Append(Fence.Data("lines of " + path, told));
            }
        }

        return result.ToString();

        void Add(string path, TextSpan span)
        {
            if (!places.TryGetValue(path, out var lines))
            {
                places[path] = lines = [];
            }

            var line = LineOf(scope.Snapshot, path, span);
            lines.UnionWith(Enumerable.Range(Math.Max(0, line - LinesAround), 2 * LinesAround + 1));
        }
    }

    private static int LineOf(Snapshot snapshot, string path, TextSpan span) => snapshot.Text(path) is { } text ? text.GetPosition(Math.Min(span.Start, text.Length)).Line : 0;

    private static string Lines(PublicLines text, SortedSet<int> lines)
    {
        var result = new StringBuilder();
        var before = -1;
        foreach (var line in lines)
        {
            if (text.Line(line) is { } told)
            {
                result.Append(before >= 0 && line > before + 1 ? "\n…\n\n" : "").Append(told).Append('\n');
                before = line;
            }
        }

        return result.ToString();
    }
}

/// <summary>The types of a story for a model, in a line each.</summary>
internal static class TypesText
{
    public static string Of(Snapshot snapshot) => Fence.Data("the types of this story", string.Join('\n', snapshot.Schemas.All.Select(schema =>
        $"{schema.Name}{(schema.Extends is { } parent ? $" (extends {parent})" : "")}: {string.Join(", ", schema.Fields.Where(field => !field.Secret).Select(field => field.Name))}")));
}

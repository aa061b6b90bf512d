using System.Globalization;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Files;

/// <summary>Reads pipeline files. Never fails: what cannot be read is a problem, and a file with a problem is no pipeline.</summary>
internal static class PipelineReader
{
    private static readonly string[] Keys = ["pipeline", "title", "description", "input", "version", "steps"];

    /// <summary>Reads one file; the pipeline is null where any problem stands in the way of it.</summary>
    public static (PipelineFile? Pipeline, IReadOnlyList<PipelineProblem> Problems) Read(YamlTree tree, SourceText text, string? path)
    {
        var problems = new List<PipelineProblem>();
        var roots = tree.Documents.Where(document => document.Root is not (null or YamlScalar { IsNull: true })).ToList();
        if (roots.Count == 0 || roots[0].Root.Resolve() is not YamlMapping root)
        {
            problems.Add(new(roots.Count == 0 ? new TextSpan(0, 0) : roots[0].Root!.Span, "A pipeline is a mapping that begins with `pipeline: name of the pipeline` and has `steps`."));
            return (null, problems);
        }

        if (roots.Count > 1)
        {
            problems.Add(new(roots[1].Root!.Span, "A file holds one pipeline. Put this one into a file of its own."));
        }

        foreach (var entry in root.Entries)
        {
            if (!Keys.Contains(entry.Key.AsText()))
            {
                problems.Add(new(entry.Key.Span, $"A pipeline has no `{entry.Key.AsText()}`. {Nearest.Of(entry.Key.AsText() ?? "", Keys)}It has {Words.List(Keys)}."));
            }
        }

        var name = ReadName(root, problems);
        var input = root.Get("input").AsText()?.Trim() ?? "scene";
        var steps = StepReader.Read(root, problems);
        StepOrder.Check(steps.Select(step => step.Step).ToList(), steps.Select(step => step.Options).ToList(), input, root, problems);
        var pipeline = new PipelineFile(
            name, root.Get("description").AsText()?.Trim() ?? "", root.Get("title").AsText()?.Trim() ?? name, input, ReadVersion(root, problems), [.. steps.Select(step => step.Step)], path)
        {
            Source = text.Text,
        };
        return (problems.Count == 0 && tree.Errors.Count == 0 ? pipeline : null, problems);
    }

    private static string ReadName(YamlMapping root, List<PipelineProblem> problems)
    {
        var node = root.Get("pipeline");
        var name = node.AsText()?.Trim() ?? "";
        if (name.Length == 0)
        {
            problems.Add(new(root.Entries.Count > 0 ? (node ?? root.Entries[0].Key).Span : root.Span, "This pipeline does not say its name. Begin it with `pipeline: my-pipeline`."));
        }
        else if (name.Length > 60 || !name.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '-') || name[0] == '-')
        {
            problems.Add(new(node!.Span, $"`{name}` is no name of a pipeline: it has lower-case letters, digits and hyphens, as `continue-scene`."));
        }

        return name;
    }

    private static int ReadVersion(YamlMapping root, List<PipelineProblem> problems)
    {
        if (root.Get("version") is not { } node)
        {
            return 1;
        }

        if (int.TryParse(node.AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0)
        {
            return version;
        }

        problems.Add(new(node.Span, "`version` is a whole number from 1 on, and grows whenever the prompts change."));
        return 1;
    }
}

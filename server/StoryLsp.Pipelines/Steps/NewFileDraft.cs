using System.Text.Json;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>An answer as a file: mostly a new one. What stands in one that is there already is never overwritten by a list; entries are added to it.</summary>
internal static class NewFileDraft
{
    public static FileDraft Of(StepScope scope, ProposeStep propose, string answer)
    {
        var path = PathOf(scope, propose, answer);
        if (!ProposalStore.IsInside(path))
        {
            throw ProposalDraft.Unreadable($"`{path}` is no path inside of the story.");
        }

        var before = scope.Snapshot.Text(path);
        if (before is null && scope.Snapshot.Files.Contains(path))
        {
            throw ProposalDraft.Nothing($"The file {path} is there, but cannot be read.");
        }

        return propose.Of is { } list
            ? new(path, before?.Text, ContainerList.Write(scope, list, answer, before))
            : new(path, before?.Text, Headed(scope, path, answer.ReplaceLineEndings("\n").Trim('\n')) + "\n");
    }

    /// <summary>What is said of the entries of the answer that the file has already; null where there are none.</summary>
    public static string? LeftAsTheyAre(StepScope scope, ProposeStep propose, string answer)
    {
        if (propose is not { To: ProposalTarget.File, Of: { } list })
        {
            return null;
        }

        var path = PathOf(scope, propose, answer);
        return ContainerList.LeftAsTheyAre(scope, list, answer, scope.Snapshot.Text(path)) is [_, ..] left
            ? $"{path} has {string.Join(", ", left.Select(id => $"`{id}`"))} already: {(left.Count == 1 ? "it was" : "they were")} left as {(left.Count == 1 ? "it is" : "they are")}. Take out what you want anew, and run it again."
            : null;
    }

    // A page without a title would take its file's name for one.
    private static string Headed(StepScope scope, string path, string answer) =>
        !path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || answer.StartsWith('#') || answer.StartsWith("---", StringComparison.Ordinal)
            ? answer
            : $"# {scope.Pipeline.Title}{(scope.HasSubject ? $": {scope.Name}" : "")}\n\n{answer}";

    private static string PathOf(StepScope scope, ProposeStep propose, string answer)
    {
        var path = Template.Fill(propose.File!, name => name switch
        {
            "input" => Slug.Of(scope.HasSubject ? scope.Told.Id : scope.State.Record.Input),
            "name" => Slug.Of(NameIn(answer) ?? scope.Name),
            _ => "",
        });
        return path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
    }

    // A schema or a pipeline says its own name, and its file is called so.
    private static string? NameIn(string answer)
    {
        var root = YamlParser.Parse(SourceText.From(answer)).Documents.FirstOrDefault()?.Root;
        return (root.Get("schema") ?? root.Get("pipeline") ?? root.Get("name") ?? root.Get("title")).AsText()?.Trim() is { Length: > 0 } name && Slug.Of(name).Length > 0 ? name : null;
    }
}

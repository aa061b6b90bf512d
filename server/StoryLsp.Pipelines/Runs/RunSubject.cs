using StoryLsp.Continuity.Naming;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Providers;

namespace StoryLsp.Pipelines.Runs;

/// <summary>What a run is about: it is looked for anew at each step, as the story may have been changed since.</summary>
internal static class RunSubject
{
    /// <summary>The container that an input names.</summary>
    /// <exception cref="ProviderException">It names none, or several.</exception>
    public static Container Named(Snapshot snapshot, PipelineFile pipeline, string? input)
    {
        if (string.IsNullOrWhiteSpace(input))
        {
            throw Nothing($"Say which {pipeline.Input}: `storylsp run {pipeline.Name} --input {pipeline.Input.ToUpperInvariant()}`.");
        }

        var inFile = snapshot.ContainersIn(input).Where(container => snapshot.Schemas.IsKindOf(container.Type, pipeline.Input)).Take(2).ToList();
        if (inFile.Count == 1)
        {
            return inFile[0];
        }

        var found = snapshot.Resolve(input, pipeline.Input);
        return found.Kind switch
        {
            ResolutionKind.Resolved => found.Candidates[0],
            ResolutionKind.Ambiguous => throw Nothing($"`{input}` names several: {string.Join(", ", found.Candidates.Select(one => $"{snapshot.IdOf(one)} ({one.Path})"))}. Use an id."),
            ResolutionKind.WrongType => throw Nothing($"`{input}` is a {found.Candidates[0].Type}, not a {pipeline.Input}. Run `{pipeline.Name}` on a {pipeline.Input}."),
            _ => throw Nothing($"There is no {pipeline.Input} `{input}` in this story. {Suggestion.Of(input, snapshot.ContainersOf(pipeline.Input).Select(snapshot.IdOf))}Look for it with `storylsp search`, and name its id."),
        };
    }

    /// <summary>The mark by which a container is found again.</summary>
    public static string MarkOf(Container container) => StoryTree.HashOf(container.Fact.Id);

    /// <summary>The container and its document as they are now, both of one moment.</summary>
    /// <exception cref="ProviderException">It is gone.</exception>
    public static (Container Container, Document Document) Today(Snapshot snapshot, RunArguments arguments)
    {
        var path = arguments.Path ?? "";
        var here = snapshot.ContainersIn(path).Where(container => MarkOf(container) == arguments.Container).Take(2).ToList();
        var container = here.Count == 1 ? here[0] : snapshot.Containers.Where(one => MarkOf(one) == arguments.Container).Take(2).ToList() is [var only] ? only : null;
        if (container is null)
        {
            throw Nothing("What this run is about is no longer in the story: it was removed, or has another id. Start a new run.");
        }

        var document = snapshot.Document(container.Path) ?? throw Nothing($"The file {container.Path} cannot be read.");
        return (OfMoment(document, container) ?? throw Nothing($"The file {container.Path} was changed in this moment. Try again."), document);
    }

    // A snapshot and the text of an open buffer may be of two moments; offsets count only within one.
    private static Container? OfMoment(Document document, Container container)
    {
        var containers = document.Facts.Containers;
        var fact = container.Fact.Index < containers.Count && containers[container.Fact.Index].Id == container.Fact.Id
            ? containers[container.Fact.Index]
            : containers.Where(candidate => candidate.Id == container.Fact.Id).Take(2).ToList() is [var only] ? only : null;
        return fact is null ? null : new Container(document.Facts, fact);
    }

    private static ProviderException Nothing(string message) => new(ProviderFailure.NothingToDo, message);
}

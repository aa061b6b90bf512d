using StoryLsp.Features.CodeActions;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Server.Views;

/// <summary>What a view is about.</summary>
internal static class ViewSubjects
{
    private static readonly string[] SceneTypes = ["scene", "event"];

    /// <summary>The scene or event of an id or a name; null where there is none, or several.</summary>
    public static Container? Scene(Snapshot snapshot, string name) => SceneTypes.Select(type => Find(snapshot, name, type)).FirstOrDefault(found => found is not null);

    /// <summary>The case of an id or a name; null where there is none, or several.</summary>
    public static Container? Case(Snapshot snapshot, string name) => Find(snapshot, name, "case");

    /// <summary>The scene or event that a place lies in; null where it lies in none.</summary>
    public static Container? SceneAt(Snapshot snapshot, string path, int offset) =>
        SceneTypes.Select(type => PipelineSubjects.At(snapshot, path, new TextSpan(offset, 0), type)).FirstOrDefault(found => found is not null);

    /// <summary>The case that a place lies in, else the only one of the story; null where nobody can say which.</summary>
    public static Container? CaseAt(Snapshot snapshot, string? path, int offset) =>
        (path is null ? null : PipelineSubjects.At(snapshot, path, new TextSpan(offset, 0), "case")) ?? (snapshot.ContainersOf("case").Take(2).ToList() is [var only] ? only : null);

    private static Container? Find(Snapshot snapshot, string name, string type) =>
        snapshot.Resolve(name, type).Container is { } found && snapshot.Schemas.IsKindOf(found.Type, type) ? found : null;
}

using StoryLsp.Continuity.Secrets;
using StoryLsp.Continuity.State;
using StoryLsp.Index;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>
/// What a model that asks by itself may read of a story at one place of it: by the same rules as what it is told by a pipeline (<see cref="ContextCompiler"/>). What is secret
/// there is left out without a word that could tell of it.
/// </summary>
public sealed class ModelReading
{
    private readonly Snapshot _snapshot;
    private readonly Told _told;
    private readonly CastCards _people;

    /// <summary>Begins to read.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="position">The scene up to which the story is read; null: a place before all scenes, where nothing is revealed.</param>
    public ModelReading(Snapshot snapshot, Container? position)
    {
        _snapshot = snapshot;
        Secrets = StorySecrets.At(snapshot, position);
        _told = new(snapshot, Secrets);
        _people = new(snapshot, _told, Secrets.Scene is { } scene ? SceneFacts.At(snapshot, scene) : null);
    }

    /// <summary>What must not be said at the place.</summary>
    public StorySecrets Secrets { get; }

    /// <summary>Whether there is anything to be told of a container here. What happens off the page is the writer's own business, for it may be what all others are to find out.</summary>
    public bool MayTell(Container container) => !IsOffPage(container) && _told.MayTell(container);

    /// <summary>Whether both what a container is called and by what id may be told.</summary>
    public bool MayName(Container container) => !IsOffPage(container) && !Secrets.Hides(container) && _told.IdOf(container) == _snapshot.IdOf(container) && _told.NameOf(container) == container.Name;

    /// <summary>The id, or words without a name where it is a secret.</summary>
    public string IdOf(Container container) => _told.IdOf(container);

    /// <summary>The name, or words without one where it is a secret.</summary>
    public string NameOf(Container container) => _told.NameOf(container);

    /// <summary>The type, where a schema knows it.</summary>
    public string TypeOf(Container container) => _told.TypeOf(container);

    /// <summary>The attributes as lines of <c>key: value</c>: of people, places and items as they are when the scene begins.</summary>
    public string CardOf(Container container) => container.IsSameAs(Secrets.Scene) ? _told.Card(container) : _people.CardOf(container);

    /// <summary>How something stands when the scene begins, as lines of <c>key: value</c>; empty where nothing is known.</summary>
    public string StateOf(Container container) => _told.Lines(string.Concat(_people.StateOf(container).Select(line => $"{line.Key}: {line.Value.ReplaceLineEndings(" ")}\n")));

    /// <summary>The prose, paragraphs apart by a blank line.</summary>
    public string ProseOf(Container container) => _told.ProseOf(container);

    /// <summary>A text without the lines that say a secret: the last look at everything that leaves.</summary>
    public string Checked(string text) => _told.Lines(text);

    private bool IsOffPage(Container container) => _snapshot.Schemas.IsKindOf(container.Type, "event");
}

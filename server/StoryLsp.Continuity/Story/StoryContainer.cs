using StoryLsp.Continuity.Calendars;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Story;

/// <summary>A container as the story sees it: its attributes, and what its references mean.</summary>
public sealed class StoryContainer : IEquatable<StoryContainer>
{
    private readonly Lazy<Meaning> _meaning;

    internal StoryContainer(Snapshot snapshot, Container container, IReadOnlyList<StoryReference> references)
    {
        Container = container;
        References = references;
        Id = snapshot.IdOf(container);
        _meaning = new(() => Meaning.Of(container, Id, references));
    }

    // Dates are read again and again, and by several threads; both of two that read one at once read the same.
    private KeyValuePair<string, WrittenTime>[] _times = [];

    /// <summary>The container.</summary>
    public Container Container { get; }

    /// <summary>Which container it is.</summary>
    public ContainerKey Key => Container.Key;

    /// <summary>Its facts, with the places where they stand.</summary>
    public ContainerFact Fact => Container.Fact;

    /// <summary>Workspace-relative path of its document.</summary>
    public string Path => Container.Path;

    /// <summary>Its type.</summary>
    public string Type => Container.Type;

    /// <summary>Its name.</summary>
    public string Name => Container.Name;

    /// <summary>Its id, unique where it is written.</summary>
    public string Id { get; }

    /// <summary>All references in its fields, in the order written.</summary>
    public IReadOnlyList<StoryReference> References { get; }

    /// <summary>What its attributes say.</summary>
    internal Meaning Meaning => _meaning.Value;

    /// <summary>How the time of a scene stands to the scenes around it; linear where nothing is said. StoryLine's words are understood.</summary>
    public SceneTimeline Timeline => Text("timeline")?.Trim().ToLowerInvariant() switch
    {
        null or "" or "linear" or "timeskip" => SceneTimeline.Linear,
        "flashback" => SceneTimeline.Flashback,
        "flashforward" or "flash_forward" => SceneTimeline.Flashforward,
        "dream" => SceneTimeline.Dream,
        _ => SceneTimeline.Beside,
    };

    /// <summary>The storyline that a scene belongs to, in capitals, for it may be written in any case; empty where it names none.</summary>
    public string Strand => Text("strand")?.Trim().ToUpperInvariant() ?? "";

    /// <summary>Reads a date field by the calendar of the story; nothing where it is absent, or is no date of the type.</summary>
    internal WrittenTime Time(string field, StoryCalendar calendar)
    {
        var times = _times;
        foreach (var known in times)
        {
            if (known.Key == field)
            {
                return known.Value;
            }
        }

        var time = Fact.Field(field) is { Known: true } found ? WrittenTime.Of(found.Value, calendar) : WrittenTime.None;
        _times = [.. times, new(field, time)];
        return time;
    }

    /// <summary>The references of one field, in the order written.</summary>
    /// <param name="field">Canonical path of the field, as <c>characters</c> or <c>routes.to</c>.</param>
    public IEnumerable<StoryReference> To(string field)
    {
        foreach (var reference in References)
        {
            if (reference.Field == field)
            {
                yield return reference;
            }
        }
    }

    /// <summary>The one reference of a field; null when there is none, or when it means nothing.</summary>
    public StoryReference? One(string field)
    {
        foreach (var reference in References)
        {
            if (reference.Field == field)
            {
                return reference.Target is null ? null : reference;
            }
        }

        return null;
    }

    /// <summary>The text of a field that holds one plain value; null otherwise.</summary>
    public string? Text(string field) => Fact.Field(field)?.Value.AsText();

    /// <summary>A field with its places; null when it is absent or empty.</summary>
    public FieldFact? Field(string field) => Fact.Field(field) is { } found && found.Value.Resolve() is not (null or YamlScalar { IsNull: true }) ? found : null;

    /// <summary>Whether the other is the same container, and its attributes say the same, wherever they stand.</summary>
    public bool Equals(StoryContainer? other) => ReferenceEquals(this, other) || (other is not null && Key == other.Key && Meaning == other.Meaning);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StoryContainer);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode();

    /// <summary>A place in its document, for <see cref="Finding.Related"/>.</summary>
    /// <param name="span">Where, in UTF-16 code units.</param>
    /// <param name="message">What stands there, in a writer's words.</param>
    public RelatedPlace Place(TextSpan span, string message) => new(Path, span, message);
}

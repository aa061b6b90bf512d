using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Secrets;

/// <summary>
/// Everything that a model must not read at one place of a story: secret fields everywhere; by position the facts that the reader is not to learn yet, those
/// that the viewpoint character cannot know, clues that are not planted, solutions that are not revealed. Immutable, and safe for use by several threads.
/// </summary>
public sealed class StorySecrets
{
    private readonly SecretFields _fields;
    private readonly HiddenThings _things;

    private StorySecrets(Snapshot snapshot, StoryPlace place)
    {
        Place = place;
        _fields = SecretFields.Of(StoryWorld.Of(snapshot));
        _things = new(snapshot, place);
    }

    /// <summary>The scene at whose place the secrets are kept; null for a place before all scenes, where nothing is revealed.</summary>
    public Container? Scene => Place.Scene;

    /// <summary>Through whose eyes the scene is seen; null where that is unknown.</summary>
    public Container? Viewpoint => Place.Viewpoint;

    /// <summary>The scene's place in the order of reading, from 0; -1 where that is unknown.</summary>
    public int Position => Place.Position;

    internal StoryPlace Place { get; }

    /// <summary>The secrets at a place.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="position">A scene, a shot of one, a chapter; anything else, or null, stands before all scenes.</param>
    /// <param name="viewpoint">Through whose eyes it is seen; null: the scene's own point of view.</param>
    public static StorySecrets At(Snapshot snapshot, Container? position, Container? viewpoint = null) => snapshot.Derive(
        _ => new Kept(),
        (before, _, touched) => touched.Count == 0 ? before : new Kept()).Of(snapshot, position, viewpoint);

    /// <summary>That of some containers which stands first in the story: where all of them are told of, nobody may know more than there. Null where one stands nowhere.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="containers">Containers of the snapshot.</param>
    public static Container? Earliest(Snapshot snapshot, IEnumerable<Container> containers)
    {
        var places = containers.Select(container => StoryPlace.Of(snapshot, container, null)).Where(place => place.Scene is not null).ToList();
        return places.Exists(place => place.Position < 0) && places.Count > 1 ? null : places.MinBy(place => place.Position)?.Scene;
    }

    /// <summary>Whether nothing of a container may be told here: a fact or a clue whose time has not come, or what is called by a secret.</summary>
    /// <param name="container">A container of the snapshot.</param>
    public bool Hides(Container container) => _things.Containers.Contains(container.Key) || _fields.Named.Contains(container.Key);

    /// <summary>Whether the reader has yet to come to a container, which is a scene.</summary>
    /// <param name="container">A container of the snapshot.</param>
    public bool IsLater(Container container) => Place.IsLater(container);

    /// <summary>Whether the solution of a case has been given to the reader.</summary>
    /// <param name="mystery">A case of the snapshot.</param>
    public bool IsSolved(Container mystery) => _things.IsSolved(mystery);

    /// <summary>Whether a text says a secret.</summary>
    /// <param name="text">The text.</param>
    /// <param name="first">The first one; only where the answer is yes.</param>
    public bool Says(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SaidSecret? first)
    {
        var said = In(text);
        first = said.Count > 0 ? said[0] : null;
        return first is not null;
    }

    /// <summary>The secrets that a text says, in the order of the text; none overlaps another.</summary>
    /// <param name="text">The text; spans are UTF-16 code units of it.</param>
    public IReadOnlyList<SaidSecret> In(string text) => In(text, false);

    /// <summary>A text without the paragraphs that say a secret. Paragraphs are apart by a blank line; a text of one paragraph that says one is empty then.</summary>
    /// <param name="text">The text.</param>
    public string Without(string text) => Without(text, out _);

    /// <summary>The same, and how many paragraphs were left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="leftOut">How many paragraphs were left out.</param>
    public string Without(string text, out int leftOut)
    {
        leftOut = 0;
        while (Places(text) is { Count: > 0 } places)
        {
            var before = text;
            text = Paragraphs.Without(text, places, out var count);
            leftOut += count;
            if (text.Length >= before.Length)
            {
                // Nothing could be cut: then all of it goes.
                return "";
            }
        }

        return text;
    }

    /// <summary>The same as <see cref="In(string)"/>; <paramref name="plainOnly"/> leaves out what somebody may have written by chance.</summary>
    internal IReadOnlyList<SaidSecret> In(string text, bool plainOnly)
    {
        var result = new List<SaidSecret>();
        foreach (var place in Sorted(text).Where(place => place.IsPlain || !plainOnly))
        {
            if (result.Count == 0 || result[^1].Span.End <= place.Span.Start)
            {
                result.Add(new(place.Span, place.Value.What, place.Value.Place) { Kind = place.Value.Kind });
            }
        }

        return result;
    }

    private List<TextSpan> Places(string text) => [.. Sorted(text).Select(place => place.Span)];

    private IEnumerable<SecretPlace> Sorted(string text) => _fields.Index.In(text).Concat(_things.Index.In(text)).OrderBy(place => place.Span.Start);

    /// <summary>The secrets of a snapshot at the places that were asked for.</summary>
    private sealed class Kept
    {
        private const int MostKept = 64;

        private readonly Dictionary<(ContainerKey?, ContainerKey?), StorySecrets> _known = [];

        public StorySecrets Of(Snapshot now, Container? position, Container? viewpoint)
        {
            lock (_known)
            {
                if (_known.TryGetValue((position?.Key, viewpoint?.Key), out var known))
                {
                    return known;
                }

                if (_known.Count >= MostKept)
                {
                    _known.Clear();
                }

                return _known[(position?.Key, viewpoint?.Key)] = new(now, StoryPlace.Of(now, position, viewpoint));
            }
        }
    }
}

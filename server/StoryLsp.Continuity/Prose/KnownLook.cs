using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Prose;

/// <summary>What is known of somebody's eyes or hair at a scene, and by what.</summary>
/// <param name="Value">The value that is valid then.</param>
/// <param name="Hues">What that value and every other that may be valid then may stand for.</param>
/// <param name="Since">The change that made it so; null where it is as the character's own field says.</param>
/// <param name="Places">Where that is written.</param>
internal sealed record KnownLook(string Value, Hues Hues, StateChange? Since, IReadOnlyList<RelatedPlace> Places)
{
    private static readonly string[] EyeFields = ["eyes", "eye_color", "eye_colour", "eye color", "eye colour"];

    private static readonly string[] HairFields = ["hair", "hair_color", "hair_colour", "hair color", "hair colour"];

    // Writers who keep long files put looks together.
    private static readonly string[] Groups = ["appearance", "physical", "physical_description", "looks", "description", "attributes"];

    private const int MostNesting = 3;

    /// <summary>What is known; null where nothing is, or where it may be one thing as well as another.</summary>
    /// <param name="story">The story.</param>
    /// <param name="who">Whose.</param>
    /// <param name="part">Eyes or hair.</param>
    /// <param name="scene">The scene; null for prose outside of scenes, which holds for the whole story.</param>
    public static KnownLook? Of(StoryReading story, StoryContainer who, ColouredPart part, StoryContainer? scene)
    {
        var changes = story.HistoryOf(who.Key) is { } history ? history.Changes.Concat(history.Unplaced).Where(change => IsOf(change, part)).ToList() : [];
        var written = FieldOf(who, part);
        if (changes.Count == 0)
        {
            // Hair greys: what it is now says nothing of another time.
            return part == ColouredPart.Hair && scene is { Timeline: not SceneTimeline.Linear } ? null : Written(who, part, written);
        }

        if (scene is null || changes.Exists(change => change.Effect is Unclear))
        {
            return null;
        }

        return At(story, who, part, written, Cast.At(scene), changes);
    }

    /// <summary>What a container's own fields say of its eyes or hair, at the top or under <c>appearance</c> and the like; null where they say nothing.</summary>
    public static YamlNode? FieldOf(StoryContainer who, ColouredPart part)
    {
        foreach (var name in FieldsOf(part))
        {
            if (who.Field(name) is { } found)
            {
                return found.Value;
            }
        }

        foreach (var group in Groups)
        {
            if (who.Field(group)?.Value is { } value && Inside(value, part, MostNesting) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static YamlNode? Inside(YamlNode group, ColouredPart part, int depth)
    {
        if (group.Resolve() is not YamlMapping mapping || depth == 0)
        {
            return null;
        }

        foreach (var entry in mapping.Entries)
        {
            var key = entry.Key.AsText() ?? "";
            if (FieldsOf(part).Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                return entry.Value;
            }

            if (Groups.Contains(key, StringComparer.OrdinalIgnoreCase) && entry.Value is { } inner && Inside(inner, part, depth - 1) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string[] FieldsOf(ColouredPart part) => part == ColouredPart.Eyes ? EyeFields : HairFields;

    private static bool IsOf(StateChange change, ColouredPart part) => change.Effect is Unclear ||
        (change.Effect is Sets sets && FieldsOf(part).Contains(sets.Field, StringComparer.OrdinalIgnoreCase));

    private static KnownLook? Written(StoryContainer who, ColouredPart part, YamlNode? written)
    {
        if (written is null)
        {
            return null;
        }

        var value = string.Join(", ", written.AsTexts());
        var hues = ColourWords.Of(value, part);
        return hues == Hues.None ? null : new(value, hues, null, [who.Place(written.Span, $"What is known of {who.Name}.")]);
    }

    private static KnownLook? At(StoryReading story, StoryContainer who, ColouredPart part, YamlNode? written, Moment scene, List<StateChange> changes)
    {
        var before = new List<(StateChange Change, Proof Proof)>();
        var possible = new List<StateChange>();
        foreach (var change in changes)
        {
            if (change.At != scene && story.ProofOf(change.At, scene) is { } proof)
            {
                before.Add((change, proof));
            }
            else if (change.At == scene || story.ProofOf(scene, change.At) is null)
            {
                // The scene itself may show both what was and what comes of it.
                possible.Add(change);
            }
        }

        if (before.Count == 0)
        {
            return Written(who, part, written) is { } first && Join(first.Hues, possible, part) is { } all ? first with { Hues = all } : null;
        }

        var (last, why) = before[^1];
        possible.AddRange(before.Where(one => one.Change != last && one.Change.At != last.At && story.ProofOf(one.Change.At, last.At) is null).Select(one => one.Change));
        var value = ((Sets)last.Effect).To;
        return ColourWords.Of(value, part) is not Hues.None and var hues && Join(hues, possible, part) is { } both
            ? new(value, both, last, story.PlacesOf(last, why, $"What {who.Name} looks like from then on."))
            : null;
    }

    /// <summary>The hues of all values that may be valid; null where one of them names none.</summary>
    private static Hues? Join(Hues hues, List<StateChange> possible, ColouredPart part)
    {
        foreach (var change in possible)
        {
            var more = ColourWords.Of(((Sets)change.Effect).To, part);
            if (more == Hues.None)
            {
                return null;
            }

            hues |= more;
        }

        return hues;
    }
}

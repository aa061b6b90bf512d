using StoryLsp.Continuity.Calendars;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Places;

/// <summary>What a time is measured from: <c>arrival</c> in <c>3 days after arrival</c> refers to a scene, an event or a case.</summary>
internal static class TimeAnchors
{
    /// <summary>What may be measured from; of several things of one name the scene is meant, then the event, then the case.</summary>
    public static readonly string[] Types = ["scene", "event", "case"];

    /// <summary>The reference in a time; null where it is measured from nothing.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="container">Index of the container in whose attributes the time stands.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">The time as written.</param>
    public static ReferenceFact? Of(Snapshot snapshot, int container, string field, YamlNode? value)
    {
        if (value is null || WrittenTime.Of(value, StoryCalendar.Of(snapshot.Settings.Calendar)) is not WrittenTime.Relative { AnchorSpan.Length: > 0 } time)
        {
            return null;
        }

        var (text, span) = (time.Anchor, time.AnchorSpan);
        if (text.StartsWith("the ", StringComparison.OrdinalIgnoreCase) && snapshot.Resolve(text, null).Kind == ResolutionKind.Unresolved)
        {
            (text, span) = (text[4..], TextSpan.FromBounds(span.Start + 4, span.End));
        }

        return new(container, field, text, span, TargetOf(snapshot, text), IsLink: false);
    }

    /// <summary>The type of what a text means as what a time is measured from; null where it means nothing of the kind.</summary>
    public static string? TargetOf(Snapshot snapshot, string text) => Types.FirstOrDefault(type => snapshot.Resolve(text, type).Container is not null);
}

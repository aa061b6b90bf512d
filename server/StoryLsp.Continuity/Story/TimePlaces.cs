using StoryLsp.Continuity.Timeline;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Story;

/// <summary>Where facts of time are written, for the places of a finding.</summary>
internal static class TimePlaces
{
    /// <summary>The name of the field that says something of a time.</summary>
    public static string FieldOf(TimePart part) => part switch
    {
        TimePart.Duration => "duration",
        TimePart.Until => "until",
        _ => "when",
    };

    /// <summary>The places of facts, but for one that the finding itself stands at.</summary>
    public static IEnumerable<RelatedPlace> Of(StoryReading story, IEnumerable<TimeFact> facts, TimeFact? own = null)
    {
        foreach (var fact in facts)
        {
            if (fact != own && story.Find(fact.Key) is { } container && container.Field(FieldOf(fact.Part)) is { } field)
            {
                yield return container.Place(SpanOf(field), fact.Part switch
                {
                    TimePart.Duration => $"How long {Wording.Title(story, container)} lasts.",
                    TimePart.Until => $"When {Wording.Title(story, container)} ends.",
                    _ => $"When {Wording.Title(story, container)} happens.",
                });
            }
        }
    }

    /// <summary>A value, but of one that runs over many lines its key.</summary>
    public static TextSpan SpanOf(FieldFact field) => field.Value is YamlMapping { IsFlow: false } or YamlSequence { IsFlow: false } ? field.KeySpan : field.Value.Span;
}

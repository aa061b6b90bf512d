using Humanizer;
using StoryLsp.Continuity.State;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Pages;

/// <summary>The page of how things stand when a scene begins.</summary>
public static class StatePage
{
    /// <summary>Writes the page; null for what is no scene or event, and for an event of which nobody knows when it happens.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="scene">The scene or event.</param>
    public static string? Of(Snapshot snapshot, Container scene) =>
        SceneFacts.At(snapshot, scene) is { } facts ? PageText.Whole(Lines(snapshot, facts)) : null;

    private static IEnumerable<string> Lines(Snapshot snapshot, SceneFacts facts)
    {
        yield return "# When " + PageText.Line(facts.Title) + " begins";
        string? heading = null;
        foreach (var one in facts.All())
        {
            var own = one.Container.Type.Pluralize().Humanize();
            if (own != heading)
            {
                heading = own;
                yield return "";
                yield return "## " + heading;
            }

            yield return "";
            yield return "### " + PageText.Name(one.Container);
            yield return "";
            foreach (var line in Known(snapshot, one).DefaultIfEmpty("Nothing is known."))
            {
                yield return "- " + line;
            }
        }

        if (heading is null)
        {
            yield return "";
            yield return "Nothing is known yet: no character, and nothing that changes in the course of the story.";
        }
    }

    private static IEnumerable<string> Known(Snapshot snapshot, ContainerFacts facts)
    {
        var life = (facts.IsAlive, facts.Died) switch
        {
            (true, _) => "alive",
            (false, { } died) => "**dead**: died " + died,
            (false, null) => "not yet born",
            _ => "",
        };
        string[] parts = [life, facts.Age is { } age ? "year".ToQuantity(age) + " old" : "", facts.Location is { } place ? "at " + PageText.Name(place) : ""];
        var first = string.Join(", ", parts.Where(part => part.Length > 0));
        if (first.Length > 0)
        {
            yield return first;
        }

        if (facts.Injuries.Count > 0)
        {
            yield return "hurt: " + string.Join(", ", facts.Injuries.Select(PageText.Line));
        }

        if (facts.Holds.Count > 0)
        {
            yield return "has " + PageText.Names(facts.Holds);
        }

        foreach (var fact in facts.Knows)
        {
            yield return "knows: " + (fact.Fact.Field("statement")?.Value.AsText() is { Length: > 0 } statement ? PageText.Line(statement) : PageText.Name(fact));
        }

        foreach (var (field, value) in facts.Fields)
        {
            yield return field == "destroyed" ? "**destroyed**"
                : field == "owner" && snapshot.Resolve(value, null).Container is { } owner ? "with " + PageText.Name(owner)
                : PageText.Line(field) + ": " + PageText.Line(value);
        }
    }
}

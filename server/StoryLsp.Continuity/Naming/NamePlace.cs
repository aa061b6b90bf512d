using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Naming;

/// <summary>Where a container says what makes a reference find it.</summary>
internal static class NamePlace
{
    /// <summary>The id, name or alias that a text matches; the container's own place where it was found by path or by a derived id.</summary>
    public static RelatedPlace Of(Container container, string text)
    {
        var fact = container.Fact;
        var key = NameKey.Of(text);
        var span = fact.IdSpan is { } id && NameKey.Of(fact.Id) == key ? id
            : fact.NameSpan is { } name && NameKey.Of(fact.Name) == key ? name
            : fact.Aliases.FirstOrDefault(alias => NameKey.Of(alias.Text) == key)?.Span ?? fact.SelectionSpan;
        return new(container.Path, span, $"The {container.Type} `{container.Name}`.");
    }
}

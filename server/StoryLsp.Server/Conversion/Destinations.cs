using StoryLsp.Features.Navigation;
using StoryLsp.Protocol;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;
using Location = StoryLsp.Protocol.Location;

namespace StoryLsp.Server.Conversion;

/// <summary>Where a name leads, as locations or, for editors that take them, as links from the text that was asked about.</summary>
internal sealed class Destinations(Place place, Language.Text.TextSpan origin)
{
    private readonly List<(string Uri, LspRange Range, LspRange Selection)> _targets = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _targets.Count == 0;

    /// <summary>Those of a result.</summary>
    public static Destinations Of(Place place, Features.Navigation.DefinitionResult found)
    {
        var result = new Destinations(place, found.Origin);
        foreach (var target in found.Targets)
        {
            result._targets.Add((place.UriOf(target.Path), place.RangeOf(target.Path, target.Span), place.RangeOf(target.Path, target.SelectionSpan)));
        }

        return result;
    }

    /// <summary>The schemas of a result. One that ships with the product is shown to editors that open our addresses.</summary>
    public static Destinations Of(Place place, Features.Navigation.TypeDefinitionResult found)
    {
        var result = new Destinations(place, found.Origin);
        foreach (var target in found.Targets)
        {
            if (target.Path is not null || place.Session.Client.OpensStoryDocuments)
            {
                result._targets.Add((UriOf(place, target), RangeIn(place, target, target.Span), RangeIn(place, target, target.SelectionSpan)));
            }
        }

        return result;
    }

    /// <summary>The address of a schema: its file, or for a shipped one a read-only document.</summary>
    public static string UriOf(Place place, SchemaPlace schema) =>
        schema.Path is { } path ? place.UriOf(path) : new StoryAddress(StoryPage.Schema, schema.Schema.Name, "").ToString();

    /// <summary>The range of a span of a schema's file.</summary>
    public static LspRange RangeIn(Place place, SchemaPlace schema, Language.Text.TextSpan span) => Positions.Range(schema.Text, span, place.Session.Client.Encoding);

    /// <summary>As locations.</summary>
    public IReadOnlyList<Location> Locations() => [.. _targets.Select(target => new Location(target.Uri, target.Selection))];

    /// <summary>As links.</summary>
    public IReadOnlyList<LocationLink> Links()
    {
        var from = place.RangeOf(origin);
        return [.. _targets.Select(target => new LocationLink
        {
            OriginSelectionRange = from,
            TargetUri = target.Uri,
            TargetRange = target.Range,
            TargetSelectionRange = target.Selection,
        })];
    }
}

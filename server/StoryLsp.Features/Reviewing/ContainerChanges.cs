using StoryLsp.Features.CodeLenses;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Reviewing;

/// <summary>Tells what changed in containers: names, fields, prose.</summary>
internal static class ContainerChanges
{
    // What these say is told of the container itself.
    private static readonly string[] Names = ["name", "title", "id", "type", "container_type"];
    private static readonly string[] Cast = ["pov", "characters", "participants", "mentions"];
    private static readonly string[] State = ["effects", "uses", "relies_on", "reveals", "progressions", "plants", "solves", "setups", "payoffs"];

    /// <summary>The containers that changed: scenes in the order of reading, then all others by type and id.</summary>
    public static IReadOnlyList<ContainerChange> Of(Snapshot before, Snapshot after, ContainerPairs pairs, IReadOnlyDictionary<string, string> renames)
    {
        var now = renames.ToDictionary(rename => rename.Value, rename => rename.Key, StringComparer.Ordinal);
        var changes = pairs.Both.Select(pair => Between(before, after, pair.Before, pair.After, now.GetValueOrDefault(pair.Before.Path, pair.Before.Path))).OfType<ContainerChange>()
            .Concat(pairs.New.Select(container => New(after, container)))
            .Concat(pairs.Gone.Select(container => Gone(before, container, now.GetValueOrDefault(container.Path, container.Path))));
        return [.. changes.OrderBy(change => PlaceOf(change) is >= 0 and var place ? place : int.MaxValue).ThenBy(change => change.Container.Type, StringComparer.Ordinal)
            .ThenBy(change => change.IdAfter ?? change.IdBefore, StringComparer.Ordinal)];

        int PlaceOf(ContainerChange change) => change.After is { } container ? after.Narrative.PositionOf(container) : before.Narrative.PositionOf(change.Before!);
    }

    private static ContainerChange? Between(Snapshot before, Snapshot after, Container old, Container container, string path)
    {
        var fields = Fields(before, after, old, container);
        var isProseChanged = Prose(before, old) != Prose(after, container);
        var change = new ContainerChange(old, container, before.IdOf(old), after.IdOf(container), path, fields, isProseChanged, WordCounts.Of(before, old), WordCounts.Of(after, container));
        return fields.Count > 0 || isProseChanged || change.IsRenamed || change.IsMoved ? change : null;
    }

    private static ContainerChange New(Snapshot after, Container container)
    {
        var words = WordCounts.Of(after, container);
        return new(null, container, null, after.IdOf(container), null, Fields(null, after, null, container), words > 0, 0, words);
    }

    private static ContainerChange Gone(Snapshot before, Container container, string path)
    {
        var words = WordCounts.Of(before, container);
        return new(container, null, before.IdOf(container), null, path, Fields(before, null, container, null), words > 0, words, 0);
    }

    private static List<FieldChange> Fields(Snapshot? before, Snapshot? after, Container? old, Container? container)
    {
        var names = (old?.Fact.Fields ?? []).Concat(container?.Fact.Fields ?? []).Select(field => field.Name).Where(name => !Names.Contains(name)).Distinct(StringComparer.Ordinal);
        var result = new List<FieldChange>();
        foreach (var name in names)
        {
            var (was, isNow) = (ValueOf(before, old, name), ValueOf(after, container, name));
            if (Same(was, isNow))
            {
                continue;
            }

            var kind = KindOf((after ?? before)!, (container ?? old)!, name);
            var isList = was is null or { IsList: true } && isNow is null or { IsList: true };
            var (added, removed) = (Without(isNow, was), Without(was, isNow));
            result.Add(isList && added.Count + removed.Count > 0
                ? new(name, kind, null, null, added, removed)
                : new(name, kind, was is null ? null : string.Join(", ", was.Items), isNow is null ? null : string.Join(", ", isNow.Items), [], []));
        }

        return result;
    }

    private sealed record Value(IReadOnlyList<string> Items, bool IsList);

    private static bool Same(Value? one, Value? other) => (one?.Items ?? []).SequenceEqual(other?.Items ?? []);

    private static List<string> Without(Value? one, Value? other)
    {
        var left = (other?.Items ?? []).ToList();
        return [.. (one?.Items ?? []).Where(item => !left.Remove(item))];
    }

    // A list of containers is told by what became of each of them.
    private static Value? ValueOf(Snapshot? snapshot, Container? container, string name)
    {
        if (snapshot is null || container?.Fact.Field(name) is not { } field || snapshot.Text(container.Path) is not { } text ||
            container.Document.Containers.Any(inner => inner.Parent == container.Fact.Index && inner.Origin == ContainerOrigin.Embedded && field.Value.Span.Contains(inner.Span)))
        {
            return null;
        }

        return field.Value.Resolve() switch
        {
            YamlSequence list => new([.. list.Items.Select(item => Shown(text, item))], true),
            YamlScalar { IsNull: true } => null,
            var value => new([Shown(text, value!)], false),
        };
    }

    private static string Shown(SourceText text, YamlNode node) => OneLine(node is YamlScalar scalar ? scalar.Value : node.Span.End <= text.Length ? text.Slice(node.Span) : "");

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static FieldKind KindOf(Snapshot snapshot, Container container, string name)
    {
        var field = snapshot.Schemas.Find(container.Type)?.FindField(name);
        return Cast.Contains(name) ? FieldKind.Cast
            : State.Contains(name) ? FieldKind.State
            : field?.Type is FieldType.Date or FieldType.Duration ? FieldKind.Time
            : field is { Type: FieldType.Reference } or { Of: { Type: FieldType.Reference } or { PlainForm: not null } } ? FieldKind.Relation
            : FieldKind.Value;
    }

    private static string Prose(Snapshot snapshot, Container container) => snapshot.Text(container.Path) is not { } text || text.Length != container.Document.Lines.TextLength ? ""
        : OneLine(string.Join(' ', container.Document.Prose.Where(prose => prose.Container == container.Fact.Index).Select(prose => text.Slice(prose.Span))));
}

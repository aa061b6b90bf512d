using StoryLsp.Index;
using StoryLsp.Language.Schemas;

namespace StoryLsp.Features.Navigation;

/// <summary>Which schema extends which. A schema of the workspace that has the name of a shipped one stands in its place, and extends it where it says so.</summary>
public static class SchemaKinship
{
    /// <summary>The schema that another extends; null for the base of all.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="schema">The schema.</param>
    public static Schema? ParentOf(Snapshot snapshot, Schema schema)
    {
        if (schema.Lineage.ElementAtOrDefault(1) is not { } name)
        {
            return null;
        }

        return name.Equals(schema.Name, StringComparison.OrdinalIgnoreCase) ? SchemaSet.Shipped.Find(name) : snapshot.Schemas.Find(name);
    }

    /// <summary>The schemas that extend another, by name.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="schema">The schema.</param>
    public static IReadOnlyList<Schema> ChildrenOf(Snapshot snapshot, Schema schema) =>
        [.. snapshot.Schemas.All.Where(other => ParentOf(snapshot, other) is { } parent && IsSame(parent, schema))];

    /// <summary>The schema of a name: the one in use, or the shipped one that it stands in the place of.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="name">The name of the type.</param>
    /// <param name="isShipped">Whether the shipped one is meant.</param>
    public static Schema? Find(Snapshot snapshot, string name, bool isShipped) =>
        isShipped ? SchemaSet.Shipped.Find(name) : snapshot.Schemas.Find(name) is { IsShipped: false } own ? own : null;

    private static bool IsSame(Schema a, Schema b) => a.IsShipped == b.IsShipped && a.Name.Equals(b.Name, StringComparison.OrdinalIgnoreCase);
}

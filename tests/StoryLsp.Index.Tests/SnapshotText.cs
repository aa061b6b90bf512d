using System.Collections;
using System.Reflection;
using System.Text;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Index.Tests;

/// <summary>Writes facts and snapshots out, every public member of them, so that two of them can be compared as texts.</summary>
internal static class SnapshotText
{
    /// <summary>All that a snapshot knows, in an order that does not depend on how it came about.</summary>
    public static string Of(Snapshot snapshot)
    {
        var result = new StringBuilder();
        foreach (var facts in snapshot.Documents.OrderBy(facts => facts.Path, StringComparer.Ordinal))
        {
            result.AppendLine(Of(facts));
            foreach (var reference in facts.References)
            {
                result.AppendLine($"  {reference.Text} -> {Describe(snapshot.Resolve(reference, facts.Path))}");
            }

            foreach (var link in facts.Links)
            {
                var resolution = snapshot.ResolveLink(link, facts.Path);
                result.AppendLine($"  [[{link.Target}#{link.Anchor}]] -> {resolution.Kind} {resolution.Path} {resolution.Container?.Fact.Id} {resolution.Heading?.Slug}");
            }

            foreach (var container in snapshot.ContainersIn(facts.Path))
            {
                result.AppendLine($"  {snapshot.IdOf(container)} <- {string.Join(", ", snapshot.ReferencesTo(container).Select(site => $"{site.Document.Path}@{site.Span.Start}"))}");
            }
        }

        result.AppendLine(string.Join('\n', snapshot.Files.All.Order(StringComparer.Ordinal)));
        result.AppendLine(string.Join('\n', snapshot.UsedTypes.Order(StringComparer.Ordinal)));
        return result.ToString();
    }

    public static string Of(DocumentFacts facts)
    {
        var result = new StringBuilder();
        Write(result, facts, 0, new Dictionary<object, int>(ReferenceEqualityComparer.Instance));
        return result.ToString();
    }

    private static string Describe(Resolution resolution) =>
        resolution.Kind + " " + string.Join(", ", resolution.Candidates.Select(candidate => candidate.Path + "/" + candidate.Fact.Index));

    // By reflection, so that a member that is added later is compared as well. A node that was seen before is its number.
    private static void Write(StringBuilder result, object? value, int level, Dictionary<object, int> seen)
    {
        switch (value)
        {
            case null:
                result.Append("null\n");
                return;
            case string or bool or int or Enum or TextSpan:
                result.Append(value is string text ? "'" + text + "'" : value.ToString()).Append('\n');
                return;
            case LineMap lines:
                result.Append(lines.TextLength).Append(": ").AppendJoin(',', lines.Starts.ToArray()).Append('\n');
                return;
            case YamlNode or YamlEntry:
                if (!seen.TryAdd(value, seen.Count))
                {
                    result.Append('#').Append(seen[value]).Append('\n');
                    return;
                }

                break;
            case IEnumerable items:
                result.Append('\n');
                foreach (var item in items)
                {
                    result.Append(' ', level).Append("- ");
                    Write(result, item, level + 2, seen);
                }

                return;
        }

        result.Append(value.GetType().Name).Append('\n');
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract").OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            result.Append(' ', level).Append(property.Name).Append(": ");
            Write(result, property.GetValue(value), level + 1, seen);
        }
    }
}

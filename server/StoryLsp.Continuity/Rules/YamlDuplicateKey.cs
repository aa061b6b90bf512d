using StoryLsp.Continuity.Edits;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>yaml/duplicate-key</c></summary>
internal sealed class YamlDuplicateKey : Rule, IDocumentRule
{
    private const int FewEntries = 32;

    // A mapping may merge several others, each under this key.
    private const string MergeKey = "<<";

    public override string Code => "yaml/duplicate-key";

    public override Severity Severity => Severity.Error;

    public override string Summary => "A key stands twice in one mapping; reported on the later one.";

    public override string Documentation => """
        Only one of the two values can count: here the first one does, in other tools it may be the last. Remove one of them, or put
        both values into one list.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        foreach (var (_, earlier, later) in Duplicates(document))
        {
            var key = later.Key.AsText();
            report(new(Code, Severity, later.Key.Span, $"`{key}` stands here a second time, so one of its two values is lost. Remove one, or merge them.")
            {
                Related = [new(document.Path, earlier.Key.Span, $"The first `{key}`.")],
            });
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        foreach (var (mapping, earlier, later) in Duplicates(document))
        {
            if (later.Key.Span != finding.Span)
            {
                continue;
            }

            var same = document.Text.Slice(earlier.Value.Span) == document.Text.Slice(later.Value.Span);
            yield return Removal(document, mapping, later, $"Remove this `{later.Key.AsText()}`", same);
            yield return Removal(document, mapping, earlier, $"Remove the first `{later.Key.AsText()}`", false);
            yield break;
        }
    }

    private static Fix Removal(Document document, YamlMapping mapping, YamlEntry entry, string title, bool isPreferred) =>
        new(title, WorkspaceChange.Edit(document.Path, EntryEdits.Remove(document.Text, mapping, entry)), isPreferred);

    // Nearly all mappings are small and have none: a table of their keys would cost more than looking at each pair.
    private static bool HasTwins(IReadOnlyList<YamlEntry> entries)
    {
        for (var i = 1; i < entries.Count; i++)
        {
            if (entries[i].Key is not YamlScalar later)
            {
                continue;
            }

            for (var j = 0; j < i; j++)
            {
                if (entries[j].Key is YamlScalar earlier && earlier.Value == later.Value)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static IEnumerable<(YamlMapping Mapping, YamlEntry Earlier, YamlEntry Later)> Duplicates(Document document)
    {
        foreach (var mapping in EntryEdits.Mappings(document))
        {
            if (mapping.Entries.Count < FewEntries && !HasTwins(mapping.Entries))
            {
                continue;
            }

            var seen = new Dictionary<string, YamlEntry>(mapping.Entries.Count, StringComparer.Ordinal);
            foreach (var entry in mapping.Entries)
            {
                if (entry.Key is YamlScalar { Span.IsEmpty: false } key && key.Value != MergeKey && !seen.TryAdd(key.Value, entry))
                {
                    yield return (mapping, seen[key.Value], entry);
                }
            }
        }
    }
}

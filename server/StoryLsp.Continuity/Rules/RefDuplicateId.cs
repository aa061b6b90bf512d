using System.Globalization;
using StoryLsp.Continuity.Fields;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>ref/duplicate-id</c></summary>
internal sealed class RefDuplicateId : SnapshotRule
{
    public override string Code => "ref/duplicate-id";

    public override Severity Severity => Severity.Error;

    public override string Summary => "One written id stands in two containers; reported on the later one by path.";

    public override string Documentation => """
        An id is what references hold on to, so two containers that write the same one cannot be told apart. Rename one of them. Ids that
        are only derived from a name or a file may collide as they like.
        """;

    public override void Check(Snapshot snapshot, DocumentFacts document, Action<Finding> report)
    {
        var firsts = new Dictionary<(string Id, string Type), Container?>();
        var duplicateKeys = new SpanSet(document.Findings.Where(finding => finding.Code == "yaml/duplicate-key").Select(finding => finding.Span));
        foreach (var container in snapshot.ContainersIn(document.Path))
        {
            // In a map whose keys are the ids, the same key twice is `yaml/duplicate-key` already.
            if (container.Fact.IdSpan is not { } span || duplicateKeys.Touches(span))
            {
                continue;
            }

            var key = (container.Fact.Id, container.Type);
            if (!firsts.TryGetValue(key, out var first))
            {
                first = First(snapshot, container);
                firsts.Add(key, first);
            }

            if (first is not null && !first.IsSameAs(container))
            {
                report(new(Code, Severity, span,
                    $"The id `{container.Fact.Id}` is taken already by the {first.Type} `{first.Name}`, so nobody can tell which of them a reference means. Rename one of them.")
                {
                    Related = [new(first.Path, first.Fact.IdSpan ?? first.Fact.SelectionSpan, $"The id of the {first.Type} `{first.Name}`.")],
                });
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        var later = snapshot.ContainersIn(document.Path).FirstOrDefault(container => container.Fact.IdSpan == finding.Span);
        if (later is null || First(snapshot, later) is not { } first || first.IsSameAs(later))
        {
            yield break;
        }

        var free = FreeId(snapshot, later.Fact.Id);
        yield return new($"Rename this one to `{free}`", WorkspaceChange.Edit(document.Path, YamlText.Replace(document.Text, finding.Span, free)), IsPreferred: true);
        if (snapshot.Document(first.Path) is { } other && first.Fact.IdSpan is { } span)
        {
            yield return new($"Rename the {first.Type} `{first.Name}` to `{free}`", WorkspaceChange.Edit(other.Path, YamlText.Replace(other.Text, span, free)));
        }
    }

    // Data that nobody wrote for this product may count each of its lists from 1, and tell another story in each file: there, only
    // containers of one type and one file share their ids.
    private static Container? First(Snapshot snapshot, Container container)
    {
        Container? first = null;
        foreach (var (other, rank) in snapshot.Named(container.Fact.Id))
        {
            if (rank == NameRank.WrittenId && other.Fact.IdIsWritten && other.Fact.Id == container.Fact.Id &&
                (snapshot.Settings.Exists || (other.Type == container.Type && other.Path == container.Path)) && (first is null || IsBefore(other, first)))
            {
                first = other;
            }
        }

        return first;
    }

    private static bool IsBefore(Container a, Container b) =>
        string.CompareOrdinal(a.Path, b.Path) is not 0 and var order ? order < 0 : a.Fact.Index < b.Fact.Index;

    private static string FreeId(Snapshot snapshot, string id)
    {
        for (var number = 2; ; number++)
        {
            var candidate = id + "-" + number.ToString(CultureInfo.InvariantCulture);
            if (snapshot.Named(candidate).Count == 0)
            {
                return candidate;
            }
        }
    }
}

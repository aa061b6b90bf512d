using StoryLsp.Continuity.Naming;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>ref/ambiguous</c></summary>
internal sealed class RefAmbiguous : SnapshotRule
{
    /// <summary>How many candidates are named; whoever has more of one name has another question than which of them.</summary>
    public const int MostNamed = 20;

    public override string Code => "ref/ambiguous";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "A reference or wikilink names several containers, none of them better than the others.";

    public override string Documentation => """
        Two people called Tom make `pov: Tom` a question. Name the one that is meant by its id, or by its path where it has none.
        """;

    public override void Check(Snapshot snapshot, DocumentFacts document, Action<Finding> report)
    {
        foreach (var (reference, resolution) in LooseReferences.Of(snapshot, document))
        {
            if (resolution.Kind == ResolutionKind.Ambiguous && !IsOneId(reference.Text, resolution.Candidates))
            {
                report(Finding(reference.Text, LooseReferences.SeverityOf(snapshot.Settings, document, reference, Severity), reference.Span, resolution.Candidates));
            }
        }

        foreach (var link in document.Links)
        {
            if (link.Kind is LinkKind.Wikilink or LinkKind.Embed && snapshot.ResolveLink(link, document.Path) is { Kind: LinkResolutionKind.Ambiguous, Candidates: { } candidates } &&
                !IsOneId(link.Target, candidates))
            {
                report(Finding(link.Target, snapshot.Settings.Exists ? Severity : Severity.Hint, link.TargetSpan, candidates));
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        foreach (var reference in document.Facts.References.Where(reference => reference.Span == finding.Span))
        {
            foreach (var candidate in snapshot.Resolve(reference, document.Path).Candidates)
            {
                var pin = Forms(snapshot, candidate).FirstOrDefault(form =>
                    snapshot.Resolve(reference with { Text = form }, document.Path).Container?.IsSameAs(candidate) == true);
                if (pin is not null)
                {
                    yield return new($"Pin to `{pin}` ({candidate.Path})", WorkspaceChange.Edit(document.Path, YamlText.Replace(document.Text, reference.Span, pin)));
                }
            }
        }

        foreach (var link in document.Facts.Links.Where(link => link.TargetSpan == finding.Span))
        {
            foreach (var candidate in snapshot.ResolveLink(link, document.Path).Candidates ?? [])
            {
                if (LinkTo(snapshot, document, link, candidate) is { } pin)
                {
                    var shown = link.Kind == LinkKind.Wikilink && link.Shown is null && link.Anchor is null ? $"{pin}|{link.Target}" : pin;
                    yield return new($"Pin to `{pin}` ({candidate.Path})", WorkspaceChange.Edit(document.Path, new TextEdit(link.TargetSpan, shown)));
                }
            }
        }
    }

    private Finding Finding(string text, Severity severity, TextSpan span, IReadOnlyList<Container> candidates) =>
        new(Code, severity, span, $"`{text}` may be any of {candidates.Count}, and nothing says which. Name the one that you mean by its id or path.")
        {
            Related = [.. candidates.Take(MostNamed).Select(candidate => NamePlace.Of(candidate, text))],
        };

    // Two containers that write one id are a fault of their own, `ref/duplicate-id`.
    private static bool IsOneId(string text, IReadOnlyList<Container> candidates) =>
        candidates.All(candidate => candidate.Fact.IdIsWritten && candidate.Fact.Id == text.Trim());

    private static string? LinkTo(Snapshot snapshot, Document document, LinkFact link, Container candidate) =>
        Forms(snapshot, candidate).FirstOrDefault(form =>
        {
            var pinned = snapshot.ResolveLink(new LinkFact { Kind = link.Kind, Container = link.Container, Target = form, Span = link.Span, TargetSpan = link.TargetSpan }, document.Path);
            return pinned.Kind == LinkResolutionKind.Resolved && pinned.Container?.IsSameAs(candidate) == true;
        });

    // The strongest first; the path serves where even ids collide.
    private static IEnumerable<string> Forms(Snapshot snapshot, Container candidate)
    {
        yield return snapshot.IdOf(candidate);
        yield return candidate.Path[..candidate.Path.LastIndexOf('.')];
        yield return candidate.Path;
    }
}

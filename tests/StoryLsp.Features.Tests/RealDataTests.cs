using NUnit.Framework;
using StoryLsp.Features.Completion;
using StoryLsp.Features.Hover;
using StoryLsp.Features.Navigation;
using StoryLsp.Features.Symbols;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests;

/// <summary>Workspaces by others, written long before StoryLsp.</summary>
public class RealDataTests
{
    private const int MostOfDocument = 20;

    [TestCase("bookvis")]
    [TestCase("dnd-srd")]
    public void Every_name_that_resolves_leads_somewhere_and_has_a_card(string name)
    {
        var workspace = FixtureWorkspace.OfFolder(TestData.Find(name));
        var snapshot = workspace.Snapshot;
        var seen = 0;
        foreach (var facts in snapshot.Documents.OrderBy(facts => facts.Path, StringComparer.Ordinal))
        {
            var references = facts.References.Where(reference => snapshot.Resolve(reference, facts.Path).Container is not null).Select(reference => reference.Span);
            var links = facts.Links.Where(link => link.Kind == LinkKind.Wikilink && snapshot.ResolveLink(link, facts.Path).Container is not null).Select(link => link.TargetSpan);
            foreach (var span in references.Take(MostOfDocument).Concat(links.Take(MostOfDocument)))
            {
                seen++;
                AssertKnown(workspace, facts.Path, span);
            }
        }

        Assert.That(seen, Is.Positive);
    }

    [TestCase("bld-book")]
    [TestCase("showrunner")]
    [TestCase("novels")]
    public void Every_feature_answers_anywhere(string name)
    {
        var workspace = FixtureWorkspace.OfFolder(TestData.Find(name));
        var snapshot = workspace.Snapshot;
        foreach (var facts in snapshot.Documents)
        {
            var symbols = DocumentSymbols.Of(snapshot, facts.Path, CancellationToken.None);
            Assert.That(symbols, facts.Containers.Count > 0 && facts.Headings.Count > 0 ? Is.Not.Empty : Is.Not.Null);
            for (var i = 0; i <= MostOfDocument; i++)
            {
                var offset = (int)((long)facts.Lines.TextLength * i / MostOfDocument);
                Completions.At(snapshot, facts.Path, offset, new(), CancellationToken.None);
                Hovers.At(snapshot, facts.Path, offset, null, CancellationToken.None);
                Highlights.At(snapshot, facts.Path, offset, CancellationToken.None);
            }
        }
    }

    private static void AssertKnown(FixtureWorkspace workspace, string path, TextSpan span)
    {
        var snapshot = workspace.Snapshot;
        var what = $"{path}: {workspace.Text(path)!.Slice(span)}";
        Assert.That(Definitions.At(snapshot, path, span.Start, CancellationToken.None)?.Targets, Is.Not.Null.And.Not.Empty, what);
        Assert.That(Hovers.At(snapshot, path, span.Start, null, CancellationToken.None), Is.Not.Null, what);
        Assert.That(Completions.At(snapshot, path, span.Start + 1, new(), CancellationToken.None).Items, Is.Not.Empty, what);
    }
}

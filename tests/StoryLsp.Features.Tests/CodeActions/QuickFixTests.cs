using NUnit.Framework;
using StoryLsp.Continuity;
using StoryLsp.Features.CodeActions;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.CodeActions;

public class QuickFixTests
{
    private const string Files = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        type: character
        id: ada-vane
        name: Ada Vane
        //- scenes/1.yaml
        type: scene
        pov: ada-vabe
        time_of_day: nigth

        """;

    [Test]
    public void The_fixes_of_a_finding_are_offered_where_it_stands_and_nowhere_else()
    {
        var workspace = FixtureWorkspace.Of(Files);
        var there = At(workspace, workspace.OffsetOf("scenes/1.yaml", "ada-vabe", 3), 0);
        Assert.Multiple(() =>
        {
            Assert.That(there.Select(fix => fix.Finding.Code).Distinct(), Is.EqualTo((string[])["ref/unresolved"]));
            Assert.That(At(workspace, workspace.OffsetOf("scenes/1.yaml", "scene", 1), 0), Is.Empty);
        });
        var mended = workspace.Apply(there[0].Fix.Change);
        Assert.That(mended.Text("scenes/1.yaml")!.Text, Does.Contain("pov: ada-vane"));
    }

    [Test]
    public void A_range_gathers_the_fixes_of_all_findings_in_it()
    {
        var workspace = FixtureWorkspace.Of(Files);
        var codes = At(workspace, 0, workspace.Text("scenes/1.yaml")!.Length).Select(fix => fix.Finding.Code).Distinct();
        Assert.That(codes, Is.EquivalentTo((string[])["ref/unresolved", "schema/not-an-option"]));
    }

    private static IReadOnlyList<QuickFix> At(FixtureWorkspace workspace, int start, int length) =>
        QuickFixes.At(workspace.Snapshot, new Findings(), "scenes/1.yaml", new TextSpan(start, length), CancellationToken.None);
}

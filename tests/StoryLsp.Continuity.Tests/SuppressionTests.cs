using NUnit.Framework;
using StoryLsp.Language.Facts;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

public class SuppressionTests
{
    [Test]
    public void A_finding_is_suppressed_where_it_stands() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        //- scenes/one.md
        ---
        # story-ignore: ref/unresolved he comes in chapter nine
        pov: kit
        characters: [kit]   # story-ignore: ref/unresolved the same
        # story-ignore: schema/wrong-type
        # story-ignore: schema/*

        order: [x, nowhere]
        # story-ignore: ref/*
        location: nowhere
        ---
        <!-- story-ignore: ref/unresolved -->
        [[Nowhere]] and [[Nobody]]

        Then, <!-- story-ignore: ref/broken-path --> [x](y.md)
        //- two.md
        <!-- story-ignore-file: ref/unresolved reason -->
        <!-- story-ignore-file: ref/* -->
        [[Nowhere]]

        [[Nobody]] [x](y.md)
        //- three.fountain
        [[story-ignore-file: model/tone a rule of a later version]]

        INT. MILL - DAY

        She waits.
        """);

    [Test]
    public void Nothing_is_suppressed_by_accident() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- one.md
        <!-- story-ignore: ref/ambiguous -->
        #<^... lint/unused-ignore hint: suppresses nothing
        [[Nowhere]]
        # ^^^^^^^ ref/unresolved
        <!-- story-ignore: all of this -->
        #<^... lint/unused-ignore: no rule `all`
        [[Nowhere]]
        # ^^^^^^^ ref/unresolved
        <!-- story-ignore: ref unresolved -->
        #<^... lint/unused-ignore
        [[Nowhere]]
        # ^^^^^^^ ref/unresolved
        <!-- story-ignore: ref/unresolvd -->
        #<^... lint/unused-ignore: Did you mean `ref/unresolved`?
        [[Nowhere]]
        # ^^^^^^^ ref/unresolved
        <!-- story-ignored: ref/unresolved, please -->
        [[Nowhere]]
        # ^^^^^^^ ref/unresolved
        <!-- story-ignore: ref/unresolved -->
        #<^... lint/unused-ignore
        a line between
        [[Nowhere]]
        # ^^^^^^^ ref/unresolved
        """);

    [Test]
    public void A_comment_that_serves_nothing_is_removed()
    {
        RuleCheck.Fix("//- a.md\nOne.\n\n<!-- story-ignore: ref/unresolved\nreason -->\nTwo.", "lint/unused-ignore", "Remove this comment", "//- a.md\nOne.\n\nTwo.");
        RuleCheck.Fix("//- a.yaml\na: 1  # story-ignore: ref/* reason\nb: 2", "lint/unused-ignore", "Remove this comment", "//- a.yaml\na: 1\nb: 2");
    }

    [Test]
    public void Severities_of_the_workspace() => FixtureWorkspace.Of("""
        //- story.yaml
        story: 1
        rules:
          ref/unresolved: warning
          ref/*: off
          schema/wrong-type: info
          lint: error
        //- scenes/one.md
        ---
        pov: kit
        #    ^^^ ref/unresolved warning
        order: x
        #      ^ schema/wrong-type info
        ---
        [x](gone.md)
        <!-- story-ignore: ref/ambiguous -->
        #<^... lint/unused-ignore error

        <!-- story-ignore: ref/broken-path -->
        [x](gone.md)
        """).AssertFindings();

    [Test]
    public void A_rule_that_is_off_says_nothing() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        rules: {"*": off}
        //- scenes/one.md
        ---
        pov: kit
        order: x
        title: a: b
        ---
        [x](gone.md)
        """);

    [Test]
    public void What_was_found_is_kept_until_it_may_be_another()
    {
        var findings = new Findings();
        var workspace = FixtureWorkspace.Of("//- one.md\n[[Two]]\n//- three.md\nText.");
        var before = findings.Of(workspace.Snapshot, "one.md");
        Assert.That(before.Select(finding => finding.Code), Is.EqualTo(new[] { "ref/unresolved" }));
        Assert.That(findings.Of(workspace.Snapshot, "one.md"), Is.SameAs(before));

        // A document that has nothing to do with it changes nothing, one that is named does.
        var other = FixtureWorkspace.Of("//- three.md\nOther text.\n//- Two.md\nHere.");
        var unrelated = workspace.Snapshot.With([other.Document("three.md").Facts], []);
        Assert.That(findings.Of(unrelated, "one.md"), Is.SameAs(before));
        var files = Index.FileSet.Of(["one.md", "three.md", "Two.md"]);
        Assert.That(findings.Of(unrelated.With([other.Document("Two.md").Facts], [], files), "one.md"), Is.Empty);
    }

    [Test]
    public void A_related_place_moves_with_its_document()
    {
        var findings = new Findings();
        var workspace = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n//- a.yaml\nid: x\nname: A\n//- b.yaml\nid: x");
        Assert.That(Place(findings.Of(workspace.Snapshot, "b.yaml")), Is.EqualTo(4));
        var moved = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n//- a.yaml\n# moved\nid: x\nname: A");
        Assert.That(Place(findings.Of(workspace.Snapshot.With([moved.Document("a.yaml").Facts], []), "b.yaml")), Is.EqualTo(12));
    }

    private static int Place(IReadOnlyList<Finding> findings) => findings.Single().Related.Single().Span.Start;
}

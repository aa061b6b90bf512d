using NUnit.Framework;
using StoryLsp.Continuity.Mystery;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

/// <summary>The ledger of a mystery, on the examples.</summary>
public class FairnessLedgerTests
{
    [Test]
    public void The_example_is_fair()
    {
        var ledger = Of("hollow-creek");
        Assert.That(ledger.Faults, Is.Empty);
        Assert.That(ledger.IsFair, Is.True);
        Assert.That(ledger.Clues.Where(clue => clue.IsEssential), Has.All.Matches<LedgerClue?>(clue => clue?.IsInTime is true));
        Assert.That(ledger.Clues.Select(clue => clue.Planted?.Number ?? 0), Is.Ordered);
    }

    [Test]
    public void It_says_who_knows_what_when()
    {
        var clues = Of("hollow-creek").Clues.ToDictionary(clue => clue.Id);
        // The log lies open at the landing, where Ada is not; she learns of it later.
        Assert.That(clues["landing-log"].Planted!.Id, Is.EqualTo("landing"));
        Assert.That(clues["landing-log"].ReaderKnows!.Id, Is.EqualTo("landing"));
        Assert.That(clues["landing-log"].DetectiveSees!.Id, Is.EqualTo("burial"));
        Assert.That(clues["watch-clock"].DetectiveSees!.Id, Is.EqualTo("vat"));
        Assert.That(clues["red-cuffs"].IsRedHerring, Is.True);
    }

    [Test]
    public void The_first_draft_is_not_fair()
    {
        var ledger = Of("first-draft");
        Assert.That(ledger.IsFair, Is.False);
        Assert.That(ledger.Faults, Has.One.StartsWith("The clue *The spoon sheet* is essential, but is planted only in *What Was in the Vat* (scene 5), after the solution"));
        Assert.That(ledger.Clues.Single(clue => clue.Id == "spoon-sheet").IsInTime, Is.False);
    }

    [Test]
    public void Without_a_reveal_nobody_can_say()
    {
        var workspace = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            //- case.yaml
            type: case
            id: hollow-creek
            clues: [spoon-sheet]
            ---
            type: clue
            id: spoon-sheet
            essential: true
            """);
        var ledger = FairnessLedger.Of(workspace.Snapshot, workspace.Snapshot.ContainersOf("case").Single());
        Assert.That(ledger.IsFair, Is.Null);
        Assert.That(ledger.Clues.Single().Planted, Is.Null);
    }

    private static FairnessLedger Of(string example)
    {
        var workspace = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", example));
        return FairnessLedger.Of(workspace.Snapshot, workspace.Snapshot.ContainersOf("case").Single());
    }
}

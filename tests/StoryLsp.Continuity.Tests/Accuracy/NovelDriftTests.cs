using NUnit.Framework;
using StoryLsp.Testing;
using StoryLsp.Testing.Worlds;

namespace StoryLsp.Continuity.Tests.Accuracy;

/// <summary>Misspelled names in real prose.</summary>
public class NovelDriftTests
{
    [Test]
    public void Slips_in_five_novels_are_found_and_nothing_else()
    {
        if (!Findings.Rules.Any(rule => rule.Code == "name/drift"))
        {
            Assert.Ignore("There is no name/drift yet.");
        }

        var drift = new NovelDrift();
        foreach (var (name, file) in NovelDrift.Novels)
        {
            drift.Add(name, File.ReadAllText(TestData.Find(file)), 12);
        }

        TestContext.Out.WriteLine($"{drift.Planted} slips, recall {drift.Recall:0.00}, precision {drift.Precision:0.00}");
        Assert.That(drift.Planted, Is.GreaterThanOrEqualTo(30));
        Assert.That(drift.Recall, Is.GreaterThanOrEqualTo(0.8), "not found:\n" + string.Join('\n', drift.Misses));
        Assert.That(drift.Precision, Is.GreaterThanOrEqualTo(0.95), "no slips of the bench:\n" + string.Join('\n', drift.FalseAlarms));
    }
}

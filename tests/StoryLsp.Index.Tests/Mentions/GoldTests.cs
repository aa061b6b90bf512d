using StoryLsp.Testing;

namespace StoryLsp.Index.Tests.Mentions;

public sealed class GoldTests
{
    /// <summary>The aim is 0.95 for each novel by itself, and what is found is to be of use.</summary>
    [Test]
    public void Mentions_in_two_novels_are_those_that_a_reader_labelled([ValueSource(nameof(Novels))] string name)
    {
        var file = GoldMentions.Novels.Single(novel => novel.Name == name).File;
        var gold = new GoldMentions().Add(name, File.ReadAllText(TestData.Find(file)));
        TestContext.Out.WriteLine($"{name}: precision {gold.Precision:F3}, recall {gold.Recall:F3}, {gold.Right} right ({gold.StrictlyRight} strictly), {gold.False.Count} false, {gold.Missed.Count} missed");
        Assert.That(gold.Expected, Is.GreaterThan(150));
        Assert.That(gold.Precision, Is.GreaterThanOrEqualTo(0.95), string.Join('\n', gold.False));
        Assert.That(gold.Recall, Is.GreaterThanOrEqualTo(0.9), string.Join('\n', gold.Missed));
    }

    private static IEnumerable<string> Novels() => GoldMentions.Novels.Select(novel => novel.Name);
}

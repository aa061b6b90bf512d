using NUnit.Framework;
using StoryLsp.Continuity.Story;

namespace StoryLsp.Continuity.Tests;

/// <summary>The words of messages.</summary>
public class WordingTests
{
    [TestCase(3, "scene", "three scenes")]
    [TestCase(1, "scene", "one scene")]
    [TestCase(1200, "day", "1,200 days")]
    public void Counts(long number, string thing, string expected) => Assert.That(Wording.Count(number, thing), Is.EqualTo(expected));

    [TestCase(120, "2 hours")]
    [TestCase(60 * 24 * 2 + 300, "2 days, 5 hours")]
    [TestCase(45, "45 minutes")]
    [TestCase(0, "0 minutes")]
    public void Durations(long minutes, string expected) => Assert.That(Wording.Duration(minutes), Is.EqualTo(expected));

    [Test]
    public void Lists() => Assert.That(Wording.All(["Ada", "Tom", "Lena"]), Is.EqualTo("Ada, Tom and Lena"));
}

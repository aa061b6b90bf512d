using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Continuity.Naming;

namespace StoryLsp.Continuity.Tests;

public class NearestTests
{
    [TestCase("character", "character", 0)]
    [TestCase("Character", "character", 0)]
    [TestCase("charcter", "character", 1)]
    [TestCase("sceen", "scene", 1)]
    [TestCase("locaton", "location", 1)]
    [TestCase("irno", "iron", 1)]
    [TestCase("kitten", "sitting", 3)]
    [TestCase("", "abc", 3)]
    public void Distances(string a, string b, int distance) => Assert.That(Nearest.Distance(a, b, 5), Is.EqualTo(distance));

    [Test]
    public void Far_is_one_more_than_the_most() => Assert.That(Nearest.Distance("captain", "hull", 2), Is.EqualTo(3));

    [Test]
    public void The_distance_is_symmetric_and_no_more_than_the_longer_text()
    {
        var letters = Gen.Elements('a', 'b', 'c', 'é').ListOf().Select(list => new string([.. list.Take(12)])).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(letters, letters, (a, b) =>
            Nearest.Distance(a, b, 20) == Nearest.Distance(b, a, 20) && Nearest.Distance(a, b, 20) <= Math.Max(a.Length, b.Length) &&
            (Nearest.Distance(a, b, 20) == 0) == (a == b)));
    }
}

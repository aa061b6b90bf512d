using NUnit.Framework;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

public class ExampleTests
{
    [Test]
    public void Hollow_creek_is_without_a_fault() => Assert.That(Found("hollow-creek"), Is.Empty);

    [Test]
    public void First_draft_has_the_faults_of_a_first_draft() => Verified.Match(Found("first-draft"), "first-draft");

    private static string Found(string example)
    {
        var workspace = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", example));
        return string.Join('\n', workspace.AllFindings().Select(workspace.Describe));
    }
}

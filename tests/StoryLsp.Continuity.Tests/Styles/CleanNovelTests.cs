using NUnit.Framework;
using StoryLsp.Language.Facts;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests.Styles;

/// <summary>A whole novel that is annotated truly has no fault but those of its own text.</summary>
public class CleanNovelTests
{
    [Test]
    public void The_annotated_novel_has_only_the_slips_of_its_own_text()
    {
        var workspace = FixtureWorkspace.OfTexts(AnnotatedStyles.Read().Clean().Texts);
        var found = workspace.AllFindings();
        foreach (var minor in found.Where(found => found.Finding.Severity > Severity.Warning))
        {
            TestContext.Out.WriteLine(workspace.Describe(minor));
        }

        // The letter of chapter VI is signed with a name that nobody else bears.
        string[] own = Findings.Rules.Any(rule => rule.Code == "name/drift") ? ["name/drift Inglethorpe"] : [];
        var serious = found.Where(found => found.Finding.Severity <= Severity.Warning).ToList();
        Assert.That(serious.Select(found => $"{found.Finding.Code} {workspace.Text(found.Path)!.Slice(found.Finding.Span)}"),
            Is.EqualTo(own), string.Join('\n', serious.Select(workspace.Describe)));
    }

    [Test]
    public void Every_scene_is_a_container_with_its_own_words()
    {
        var novel = AnnotatedStyles.Read();
        var copy = novel.Clean();
        var workspace = FixtureWorkspace.OfTexts(copy.Texts);
        var scenes = workspace.Snapshot.Facts(AnnotatedNovel.Path)!.Containers.Where(container => container.Type == "scene").ToList();
        Assert.That(scenes.Select(scene => scene.Id), Is.EqualTo(novel.Scenes));
    }
}

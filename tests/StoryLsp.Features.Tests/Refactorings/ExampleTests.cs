using NUnit.Framework;
using StoryLsp.Features.Refactorings;
using StoryLsp.Index;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Refactorings;

/// <summary>The finished example is taken apart and put together again.</summary>
public sealed class ExampleTests
{
    private static readonly FixtureWorkspace Story = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", "hollow-creek"));

    [Test]
    public void Each_scene_is_split_and_merged_without_a_word_lost()
    {
        var split = 0;
        foreach (var scene in Story.Snapshot.Narrative.Scenes(Story.Snapshot))
        {
            var prose = scene.Document.Prose.Where(prose => prose.Container == scene.Fact.Index).ToList();
            var place = prose.Count < 4 ? null : RefactoringPlace.Of(Story.Snapshot, scene.Path, prose[prose.Count / 2].Span with { Length = 0 }, CancellationToken.None);
            if (place is null || !place.Titles("split-scene").Any())
            {
                continue;
            }

            var result = place.Try("split-scene");
            var after = Story.Apply(result.Change!);
            TestContext.Out.WriteLine($"{scene.Path}: {string.Join(", ", after.Faults())}");
            Assert.That(after.Words(), Is.EquivalentTo(Story.Words()));
            var second = result.Change!.Files.OfType<FileCreation>().SingleOrDefault();
            Assert.That(second is null ? null : after.Snapshot.IdOf(after.Snapshot.ContainersIn(second.Path)[0]), Is.EqualTo(second is null ? null : FileSet.StemOf(second.Path)), "file and id carry the same number");
            var first = after.Snapshot.Resolve(Story.Snapshot.IdOf(scene), "scene").Container!;
            var back = after.Apply(RefactoringPlace.Of(after.Snapshot, first.Path, first.Fact.SelectionSpan with { Length = 0 }, CancellationToken.None)!.Try("merge-scene").Change!);
            Assert.That(back.Render(), Is.EqualTo(Story.Render()), scene.Path);
            split++;
        }

        Assert.That(split, Is.GreaterThan(8));
    }

    [Test]
    public void Each_scene_is_moved_there_and_back()
    {
        foreach (var scene in Story.Snapshot.Narrative.Scenes(Story.Snapshot).Skip(1))
        {
            var id = Story.Snapshot.IdOf(scene);
            var up = RefactoringPlace.Of(Story.Snapshot, scene.Path, default, CancellationToken.None)!.Try("move-scene", new() { To = "up", Who = id });
            if (up.Change is null)
            {
                TestContext.Out.WriteLine($"{id}: {up.Refusal}");
                continue;
            }

            var after = Story.Apply(up.Change);
            var back = after.Apply(RefactoringPlace.Of(after.Snapshot, scene.Path, default, CancellationToken.None)!.Try("move-scene", new() { To = "down", Who = id }).Change!);
            Assert.That(back.Render(), Is.EqualTo(Story.Render()), id);
        }
    }
}

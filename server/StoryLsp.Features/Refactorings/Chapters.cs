using System.Globalization;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>What scenes say of their chapter and their place in it.</summary>
internal static class Chapters
{
    // Beyond it there may be no number behind a number.
    private const decimal Largest = 1_000_000_000_000;

    /// <summary>The number under <c>order</c>; null without.</summary>
    public static decimal? OrderOf(Container scene) => NumberOf(scene.Fact.Field("order")?.Value.AsText());

    /// <summary>A number as a field has it; null for anything else, and for one that cannot be counted on from.</summary>
    public static decimal? NumberOf(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < Largest ? number : null;

    /// <summary>What stands under <c>chapter</c>; empty without.</summary>
    public static string ChapterOf(Container scene) => NameKey.Of(scene.Fact.Field("chapter")?.Value.AsText() ?? "");

    /// <summary>The scenes of the same chapter, itself among them, in the order of reading.</summary>
    public static IEnumerable<Container> SameChapter(Snapshot snapshot, Container scene) =>
        snapshot.Narrative.Scenes(snapshot).Where(other => ChapterOf(other) == ChapterOf(scene) && (ChapterOf(scene).Length > 0 || FileSet.FolderOf(other.Path) == FileSet.FolderOf(scene.Path)));
}

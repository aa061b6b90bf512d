using StoryLsp.Language.Prose;
using StoryLsp.Pipelines.Secrets;
using StoryLsp.Pipelines.Offline;

namespace StoryLsp.Pipelines.Tests.Offline;

[TestFixture]
internal sealed class ExtractiveSummaryTests
{
    [TestCase("Mr. Vane came. He left at 3.15 p.m. on Monday. Why?", "Mr. Vane came.|He left at 3.15 p.m. on Monday.|Why?")]
    [TestCase("“Stop!” she said. “Why?” He went…  “No.”", "“Stop!” she said.|“Why?”|He went…|“No.”")]
    [TestCase("J. R. Vane saw it. So did I. Then (at last.) It ended", "J. R. Vane saw it.|So did I.|Then (at last.)|It ended")]
    [TestCase("雨が降る。彼は来た！「なぜ？」彼女は言う。", "雨が降る。|彼は来た！|「なぜ？」|彼女は言う。")]
    [TestCase("A line\nof verse\n\nAnother line", "A line\nof verse|Another line")]
    [TestCase("One\r\n\r\nTwo", "One|Two")]
    [TestCase("", ""), TestCase(" \n\n ", ""), TestCase("...", "...")]
    public void SentencesAreCutWhereAReaderCutsThem(string text, string sentences) =>
        Assert.That(string.Join('|', Sentences.Of(text).Select(span => text.Substring(span.Start, span.Length))), Is.EqualTo(sentences));

    [TestCase("\n"), TestCase("."), TestCase("a."), TestCase("a.b."), TestCase("\""), TestCase(" \n")]
    public void LongRunsOfMarksTakeNoLongerThanTheirLength(string unit) =>
        Assert.That(() => Sentences.Of(string.Concat(Enumerable.Repeat(unit, 300_000))), Throws.Nothing);

    [TestCase("Rain.", "Rain."), TestCase("", ""), TestCase("no sentence at all", "no sentence at all")]
    [TestCase("雨が降る。彼は来た。彼女は手紙を焼いた。", "雨が降る。彼は来た。彼女は手紙を焼いた。")]
    public void AShortTextIsItsOwnSummary(string text, string summary) => Assert.That(ExtractiveSummary.Of(text, 60).Replace(" ", "").Length, Is.EqualTo(summary.Replace(" ", "").Length));

    [Test]
    public void SpeechIsLeftOutWhereThereIsEnoughElse()
    {
        const string scene = "“Come in,” said Ada. “I knew that you would come. Nobody else has the key.” Tom put the letter on the table. " +
            "'Well! It is late. You know.' She read it twice before the fire. He had already gone to the window, and to the dark. “No.” Ada put the letter into the fire.";
        Assert.That(ExtractiveSummary.Of(scene, 60), Does.Not.Contain("knew").And.Not.Contain("Nobody").And.Not.Contain("late").And.Contain("letter on the table."));
    }

    [Test]
    public void ALongScriptWithoutSpacesIsCutToo() => Assert.That(ExtractiveSummary.Of(string.Concat(Enumerable.Repeat("雨が降る町で彼は長い間待っていた", 100)), 60), Has.Length.LessThanOrEqualTo(240));

    [Test]
    public void ASentenceThatIsTooLongIsCutAtAWord() =>
        Assert.That(ExtractiveSummary.Of(string.Join(' ', Enumerable.Repeat("word", 100)), 60).Split(' '), Has.Length.EqualTo(60));

    [Test]
    public void TheScenesOfTheExampleReadWell()
    {
        var workspace = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", "hollow-creek"));
        var summaries = new System.Text.StringBuilder();
        foreach (var scene in workspace.Snapshot.Narrative.Scenes(workspace.Snapshot))
        {
            var prose = SceneProse.Of(workspace.Snapshot.Document(scene.Path)!, scene.Fact.Index);
            var summary = ExtractiveSummary.Of(prose, 60);
            summaries.Append("## ").Append(scene.Name).Append('\n').Append(summary).Append("\n\n");
            Assert.That(summary.Split(' ').Length, Is.InRange(prose.Length == 0 ? 0 : 5, 60), scene.Name);
            AssertVerbatim(summary, prose);
        }

        Verified.Match(summaries.ToString(), "hollow-creek", "md");
    }

    [Test]
    public void ChaptersOfNovelsAreSummedUpVerbatim()
    {
        foreach (var path in Directory.EnumerateFiles(TestData.Find("novels"), "*.md").Order(StringComparer.Ordinal))
        {
            foreach (var chapter in File.ReadAllText(path).ReplaceLineEndings("\n").Split("\n#").Skip(1).Select(part => part[(part.IndexOf('\n') + 1)..]).Where(part => part.Length > 2000).Take(12))
            {
                var summary = ExtractiveSummary.Of(chapter, 60);
                Assert.That(summary.Split(' ').Length, Is.InRange(5, 60), path);
                AssertVerbatim(summary, chapter);
                TestContext.Out.WriteLine(Path.GetFileName(path) + ": " + summary + "\n");
            }
        }
    }

    // Nothing but the prose's own sentences, in their order.
    private static void AssertVerbatim(string summary, string prose)
    {
        static string Flat(string text) => string.Join(' ', text.Replace("*", "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var rest = summary;
        foreach (var sentence in Sentences.Of(prose).Select(span => Flat(prose.Substring(span.Start, span.Length)).TrimStart('#', '>', ' ')))
        {
            if (sentence.Length > 0 && (rest == sentence || rest.StartsWith(sentence + " ", StringComparison.Ordinal)))
            {
                rest = rest[sentence.Length..].TrimStart();
            }
        }

        Assert.That(rest, Is.Empty);
    }
}

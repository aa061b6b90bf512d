using FsCheck;
using FsCheck.Fluent;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Proposals.Differences;

namespace StoryLsp.Pipelines.Tests.Proposals;

[TestFixture]
internal sealed class TextDifferenceTests
{
    [Test]
    public void AllEditsTogetherMakeTheNewText() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(4000),
        Prop.ForAll((from path in Drafts.Path from pair in Drafts.Pair select (path, pair.Before, pair.After)).ToArbitrary(), draft =>
        {
            var edits = TextDifference.Of(draft.path, draft.Before, draft.After);
            Assert.That(SourceText.From(draft.Before).WithEdits(edits.Select(edit => edit.Edit)).Text, Is.EqualTo(draft.After));
        }));

    [Test]
    public void EditsStandApartAndInOrder() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll((from path in Drafts.Path from pair in Drafts.Pair select (path, pair.Before, pair.After)).ToArbitrary(), draft =>
        {
            var edits = TextDifference.Of(draft.path, draft.Before, draft.After).Select(edit => edit.Edit).ToList();
            for (var i = 1; i < edits.Count; i++)
            {
                Assert.That(ProposalApplication.Collide(edits[i - 1].Span, edits[i].Span), Is.False);
                Assert.That(ProposalApplication.Precedes(edits[i].Span, i, edits[i - 1].Span, i - 1), Is.False, "the order of the hunks is that of their places");
            }

            Assert.That(edits.All(edit => draft.Before.Substring(edit.Span.Start, edit.Span.Length) != edit.NewText), Is.True, "an edit changes something");
        }));

    private static string Shown(string path, string before, string after) => string.Join(" | ", TextDifference.Of(path, before, after)
        .Select(edit => $"{before.Substring(edit.Edit.Span.Start, edit.Edit.Span.Length)}→{edit.Edit.NewText}")).Replace("\n", "⏎", StringComparison.Ordinal);

    [TestCase("One came. Two went.", "One came. Two left.", "Two went.→Two left.")]
    [TestCase("One came. Two went. Three.", "One goes. Two left. Three.", "One came.→One goes. | Two went.→Two left.")]
    [TestCase("Quite another. Thing here.", "Nothing alike. In either.", "Quite another.→Nothing alike. | Thing here.→In either.")]
    [TestCase("One came.", "One came. Two went. Three.", "→ Two went. | → Three.")]
    [TestCase("One came.\n", "One came.\n\nTwo went. Three.\n", "→⏎⏎Two went. | → Three.")]
    [TestCase("One came. Three.", "One came. Two went. Three.", "→ Two went.")]
    [TestCase("One came. Two went. Three.", "One came. Three.", " Two went.→")]
    [TestCase("One came. Two went.", "Two went.", "One came. →")]
    [TestCase("One came. Two went.", "One came.\n\nTwo went.", " →⏎⏎")]
    [TestCase("The old man came home and sat down.", "The old man came home. He sat down.", "The old man came home and sat down.→The old man came home. He sat down.")]
    [TestCase("The old man came home. He sat down.", "The old man came home and sat down.", "The old man came home. He sat down.→The old man came home and sat down.")]
    [TestCase("One came home.", "One came home late. The rain had stopped.", "One came home.→One came home late. | → The rain had stopped.")]
    [TestCase("# Head\nOne came. Two went.\n", "# Head\nOne came. Two left.\n", "Two went.→Two left.")]
    [TestCase("- one came\n- two went\n", "- one came\n- two left\n- three\n", "- two went→- two left | →⏎- three")]
    [TestCase("Mr. Vane left. He ran.", "Mr. Vane left. He walked.", "He ran.→He walked.")]
    [TestCase("---\npov: ada\nname: A\n---\nOne came.\n", "---\npov: tom\nname: A\nwhen: 2001\n---\nOne came.\n", "pov: ada→pov: tom | →⏎when: 2001")]
    [TestCase("One came.\n", "---\npov: ada\nname: A\n---\nOne came.\n", "→---⏎pov: ada⏎name: A⏎---⏎")]
    [TestCase("", "One came.", "→One came.")]
    [TestCase("One came.", "", "One came.→")]
    public void ProseIsComparedBySentence(string before, string after, string expected) => Assert.That(Shown("a.md", before, after), Is.EqualTo(expected));

    [TestCase("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 4\nc: 5\n", "b: 2→b: 4 | c: 3→c: 5")]
    [TestCase("a: 1\n", "a: 1\nb:\n  - x\n  - y\nc: 2\n", "→⏎b:⏎  - x⏎  - y | →⏎c: 2")]
    [TestCase("a: 1\n", "a: 1\nb:\n- x\n- y\n", "→⏎b:⏎- x⏎- y")]
    [TestCase("knows:\n  - a\nb: 1\n", "knows: [a, b]\nb: 2\n", "knows:⏎  - a→knows: [a, b] | b: 1→b: 2")]
    [TestCase("- id: a\n  role: x\n- id: b\n  role: x\n", "- id: a\n  role: x\n- id: c\n  role: x\n- id: b\n  role: x\n", "→⏎- id: c⏎  role: x")]
    [TestCase("b:\n- x\n", "b:\n- x\n- y\n", "→⏎- y")]
    [TestCase("a: 1", "a: 1\nb: 2\n", "→⏎b: 2⏎")]
    public void YamlIsComparedByEntry(string before, string after, string expected) => Assert.That(Shown("a.yaml", before, after), Is.EqualTo(expected));
}

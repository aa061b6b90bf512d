using NUnit.Framework;
using StoryLsp.Features.Refactorings;
using StoryLsp.Index;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Refactorings;

/// <summary>What would change if somebody were born in another year.</summary>
public sealed class RetconTests
{
    private const string Files = """
        //- story.yaml
        story: 1
        //- characters/ada.md
        ---
        id: ada
        name: Ada Vane
        born: 1892-03-02
        age: 34
        description: Born in 1892 in Providence, where the mill closed in 1892.
        ---
        # Ada Vane

        She was born on Wednesday, 2 March 1892; the strike was in 1892.
        //- characters/tom.yaml
        id: tom
        name: Tom Reed
        born: 1892-03-02
        //- scenes/1-dinner.md
        ---
        when: 1926-11-05
        characters: [ada, tom]
        effects:
          - ada age: 34
        ---
        Ada Vane, aged 34, sat down. Tom was thirty-four years old. "Thirty-four-year-old Ada!" said Tom.

        Ada was thirty-four. When Ada was ten, it rained. Ada Vane was thirty years old.

        Ada Vane and Tom Reed were born in 1892.
        //- scenes/2-lesson.md
        ---
        when: 1909-03-14
        timeline: flashback
        characters: [ada]
        ---
        Ada Vane was seventeen years old.
        //- scenes/3-undated.md
        Thirty-four-year-old Ada went.
        //- events/birth.yaml
        - name: The birth
          when: 1892-03-02
          participants: [ada]
        //- events/first.yaml
        name: First cry
        when: 1892-03-02
        participants: [ada]

        """;

    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of(Files);

    private static RefactoringReview Review(FixtureWorkspace story, string born, string who = "ada") =>
        ((IReviewedRefactoring)AllRefactorings.Find("retcon")!).Review(story.PlaceAt("characters/ada.md", "1892-03"), new() { Who = who, Born = born });

    private static string Shown(FixtureWorkspace story, RefactoringReview review) => string.Join('\n', review.Edits.Select(edit =>
        $"{(edit.Doubt is null ? "+" : "?")} {edit.Path} `{story.Text(edit.Path)!.Slice(edit.Edit.Span)}` → `{edit.Edit.NewText}`: {edit.Reason}{(edit.Doubt is null ? "" : " — " + edit.Doubt)}")) + "\n" + review.Summary + "\n";

    [Test]
    public void Every_age_date_and_mention_that_follows_is_changed_and_nothing_else() => Verified.Match(Shown(Story, Review(Story, "1872")), "year");

    [Test]
    public void Another_birthday_is_reckoned_scene_by_scene() => Verified.Match(Shown(Story, Review(Story, "1902-12-24")), "day");

    [Test]
    public void There_and_back_the_bytes_are_the_same()
    {
        var after = Story.Apply(((IReviewedRefactoring)AllRefactorings.Find("retcon")!).Change(Story.PlaceAt("characters/ada.md", "Ada Vane"), new() { Who = "ada", Born = "1872" }).Change!);
        Assert.That(after.Faults().Count(), Is.LessThanOrEqualTo(Story.Faults().Count()));
        var back = after.Apply(AllRefactorings.Find("retcon")!.Change(after.PlaceAt("characters/ada.md", "Ada Vane"), new() { Who = "ada", Born = "1892" }).Change!);
        Assert.That(back.Render(), Is.EqualTo(Story.Render()));
    }

    [TestCase("1892", "born on 1892-03-02 already")]
    [TestCase("next year", "is no date of birth")]
    [TestCase("", "Say when")]
    [TestCase("1900-13-40", "is no date of birth")]
    public void What_is_no_other_date_is_refused(string born, string why) => Assert.That(Review(Story, born).Refusal, Does.Contain(why));

    [TestCase("Also born in 1902, at the mill.", "")]
    [TestCase("The baker saw Albert, born in 1902.", "")]
    [TestCase("Al Reed was born in 1902.", "+")]
    [TestCase("Al Reed and Tom Reed were born in 1902.", "?")]
    [TestCase("Knows Al Reed. Was born in 1902 himself.", "")]
    [TestCase("Al Reed saw the flood of 1902.", "?")]
    public void In_a_text_about_somebody_else_a_birth_is_hers_where_she_alone_is_named(string text, string expected)
    {
        var story = FixtureWorkspace.OfTexts(new Dictionary<string, string>
        {
            ["characters/ada.md"] = "---\ntype: character\nid: al\nname: Al Reed\nborn: 1902\n---\n",
            ["characters/tom.yaml"] = $"type: character\nid: tom\nname: Tom Reed\ndescription: {text}\n",
        });
        var review = ((IReviewedRefactoring)AllRefactorings.Find("retcon")!).Review(story.PlaceAt("characters/ada.md", "1902"), new() { Who = "al", Born = "1912" });
        Assert.That(string.Concat(review.Edits.Where(edit => edit.Path.EndsWith("tom.yaml", StringComparison.Ordinal)).Select(edit => edit.Doubt is null ? "+" : "?")), Is.EqualTo(expected));
    }

    [Test]
    public void Who_would_not_be_born_yet_is_told() => Assert.That(Review(Story, "1930").Summary, Does.Contain("would not be born yet in").And.Contains("and is present there"));

    [Test]
    public void It_is_offered_at_the_date_and_the_name_and_at_no_mention()
    {
        Assert.That(Story.PlaceAt("characters/ada.md", "born:").Titles("retcon"), Has.One.Items);
        Assert.That(Story.PlaceAt("characters/ada.md", "name: Ada", further: 8).Titles("retcon"), Has.One.Items);
        Assert.That(Story.PlaceAt("characters/ada.md", "age:").Titles("retcon"), Is.Empty);
        Assert.That(Story.PlaceAt("scenes/1-dinner.md", "Ada Vane, aged").Titles("retcon"), Is.Empty);
    }

    [Test]
    public void The_finished_example_gives_the_truth_and_no_more()
    {
        var story = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", "hollow-creek"));
        var all = "";
        foreach (var (who, born) in new[] { ("ada", "1872"), ("lena", "1901"), ("josiah", "1850-12-01") })
        {
            var review = ((IReviewedRefactoring)AllRefactorings.Find("retcon")!).Review(story.PlaceAt("story.yaml", "story"), new() { Who = who, Born = born });
            all += Shown(story, review) + "\n";
            var after = story.Apply(AllRefactorings.Find("retcon")!.Change(story.PlaceAt("story.yaml", "story"), new() { Who = who, Born = born }).Change!);
            Assert.That(after.Faults(), Is.Empty, who);
        }

        Verified.Match(all, "example");
    }
}

using NUnit.Framework;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

public class YamlRuleTests
{
    [Test]
    public void A_colon_in_a_title() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- scenes/one.yaml
        title: Chapter 1: Arrival
        #      ^^^^^^^^^^^^^^^^^^ yaml/syntax error: quotes
        synopsis: She comes home.
        """);

    [Test]
    public void A_colon_in_a_title_is_quoted() => RuleCheck.Fix(
        """
        //- scenes/one.md
        ---
        title: Chapter 1: Arrival   # the first
        ---
        """,
        "yaml/syntax",
        "Put the text in quotes",
        """
        //- scenes/one.md
        ---
        title: "Chapter 1: Arrival"   # the first
        ---
        """);

    [Test]
    public void A_value_with_an_at_sign() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- scenes/one.md
        ---
        synopsis: @home
        #         ^^^^^ yaml/syntax
        ---
        """);

    [Test]
    public void A_reference_with_an_at_sign_is_no_second_fault_and_the_sign_can_go()
    {
        const string Fixture = """
            //- story.yaml
            story: 1
            //- characters/ada.yaml
            name: Ada Vane
            //- scenes/one.md
            ---
            pov: @ada
            #    ^^^^ yaml/syntax
            ---
            """;
        Testing.FixtureWorkspace.Of(Fixture).AssertFindings();
        Assert.That(RuleCheck.Titles(Fixture, "yaml/syntax"), Is.EqualTo(new[] { "Replace with `ada`" }));
        RuleCheck.Fix(Fixture, "yaml/syntax", "Replace with `ada`", Fixture.Replace("@ada", "ada"));
    }

    [TestCase("pov: {ada")]
    [TestCase("location: {x")]
    [TestCase("target_words: [12")]
    [TestCase("title: [a: b")]
    [TestCase("characters: [ada, nobody")]
    [TestCase("characters: {ada")]
    [TestCase("time_of_day: [noonish")]
    [TestCase("when: {after: nobody")]
    [TestCase("time_of_day: \"noonish")]
    [TestCase("order: \"1\" 2")]
    public void What_is_broken_has_no_second_fault(string field) =>
        Assert.That(
            FixtureWorkspace.Of($"//- story.yaml\nstory: 1\n//- characters/ada.yaml\nname: Ada\n//- scenes/a.yaml\nsynopsis: x\n{field}\n").AllFindings().Select(found => found.Finding.Code),
            Is.All.EqualTo("yaml/syntax").And.Not.Empty);

    [TestCase("synopsis: @home", "*Put the text in quotes")]
    [TestCase("title: Chapter 1: Arrival", "*Put the text in quotes")]
    [TestCase("order: @1", "*Replace with `1`")]
    [TestCase("pov: @ada", "*Replace with `ada`")]
    [TestCase("pov: *ada", "*Replace with `ada`")]
    [TestCase("pov: @nobody")]
    [TestCase("order: @first")]
    [TestCase("pov: Ada: Vane", "Put the text in quotes")]
    [TestCase("characters: [ada", "*Close the bracket")]
    [TestCase("characters: [ada, nobody", "*Close the bracket")]
    [TestCase("characters: [[ada]], [[nobody]]", "*Make it a list")]
    [TestCase("target_words: [12", "Close the bracket")]
    public void Only_a_fix_that_mends_all_is_preferred(string field, params string[] titles)
    {
        var workspace = FixtureWorkspace.Of($"//- story.yaml\nstory: 1\n//- characters/ada.yaml\nname: Ada\n//- scenes/a.yaml\nid: x\n{field}\n");
        var fixes = workspace.FixesOf(workspace.AllFindings().Single());
        Assert.That(fixes.Select(fix => (fix.IsPreferred ? "*" : "") + fix.Title), Is.EqualTo(titles));
    }

    [Test]
    public void A_tab() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- scenes/one.yaml
        matching:
        	case_sensitive: true
        #<^ yaml/syntax
        """);

    [Test]
    public void A_quote_that_is_never_closed_costs_only_its_own_entry() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: "Ada Vane
        #     ^^^^^^^^^ yaml/syntax error
        hair: red
        hair: brown
        #<^^^^ yaml/duplicate-key error: a second time
        """);

    [Test]
    public void Plain_data_has_no_finding_but_syntax() => RuleCheck.Faults("""
        //- data.yaml
        type: charcter
        decks: 4
        a: {b: 1
        #  ^... yaml/syntax
        """);

    [Test]
    public void A_story_fence() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- chapter.md
        # Arrival

        ```story
        synopsis: One
        synopsis: Two
        #<^^^^^^^^ yaml/duplicate-key
        ```
        """);

    [Test]
    public void A_key_behind_a_dash() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- places.yaml
        locations:
          - id: mill
            name: Mill
            name: Old mill
        #   ^^^^ yaml/duplicate-key: `name`
        """);

    [TestCase("Remove this `name`", "{id: weir, name: Weir}")]
    [TestCase("Remove the first `name`", "{id: weir, name: The weir}")]
    public void A_key_in_braces_is_removed(string title, string after) =>
        RuleCheck.Fix("//- a.yaml\n- {id: weir, name: Weir, name: The weir}", "yaml/duplicate-key", title, $"//- a.yaml\n- {after}");

    [Test]
    public void The_first_key_in_braces_is_removed() =>
        RuleCheck.Fix("//- a.yaml\n- { name: Weir, name: The weir }", "yaml/duplicate-key", "Remove the first `name`", "//- a.yaml\n- { name: The weir }");

    [Test]
    public void The_later_key_is_removed() => RuleCheck.Fix(
        "//- a.yaml\nhair: red\nhair: |\n  brown\n  or so\n# end\neyes: blue", "yaml/duplicate-key", "Remove this `hair`", "//- a.yaml\nhair: red\n# end\neyes: blue");

    [Test]
    public void The_first_key_behind_a_dash_is_removed() => RuleCheck.Fix(
        "//- a.yaml\n- hair: red\n  hair: brown\n  eyes: blue", "yaml/duplicate-key", "Remove the first `hair`", "//- a.yaml\n- hair: brown\n  eyes: blue");

    [Test]
    public void Merge_keys_other_case_and_other_mappings_are_no_duplicates() => RuleCheck.Clean("""
        //- data.yaml
        base: &base {a: 1}
        other: &other {a: 2}
        both:
          <<: *base
          <<: *other
          Name: 1
          name: 2
        """);

    [Test]
    public void Front_matter_that_is_never_closed() => RuleCheck.Faults("""
        //- notes/one.md
        ---
        #<^^^ markdown/front-matter error: never closed
        title: Arrival
        tags: [a]

        She came home: late.
        """);

    [Test]
    public void Front_matter_that_is_never_closed_has_no_other_fault() => Testing.FixtureWorkspace.Of("""
        //- notes/one.md
        ---
        #<^^^ markdown/front-matter
        title: Chapter 1: Arrival

        She came home: late.
        """).AssertFindings();

    [Test]
    public void Front_matter_is_closed() => RuleCheck.Fix(
        "//- one.md\n---\ntitle: Arrival\ntags: [a]\n\nShe came home.", "markdown/front-matter", "Close the front matter", "//- one.md\n---\ntitle: Arrival\ntags: [a]\n---\n\nShe came home.");

    [Test]
    public void Rules_of_three_dashes_are_no_front_matter() => RuleCheck.Clean("""
        //- one.md
        ---

        She came home: late.

        ---

        The end.
        //- two.md
        ---
        She came home.
        ---
        The end.
        //- three.md
        ---
        ---
        Nothing.
        //- four.md
        ---
        # only a comment
        ---
        """);
}

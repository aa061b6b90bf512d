using NUnit.Framework;

namespace StoryLsp.Continuity.Tests;

public class RefRuleTests
{
    private const string Cast = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        id: ada-vane
        name: Ada Vane
        aliases: [The Weaver]
        //- characters/Tom Vane.md
        He was young.

        ## Youth

        Long ago. ^end
        //- locations/mill.yaml
        name: Old Mill
        //- img/map of town.png
        //- board.canvas

        """;

    [Test]
    public void All_forms_that_resolve() => RuleCheck.Clean(Cast + """
        //- scenes/one.md
        ---
        pov: ada-vane
        characters: [Ada Vane, ada vane, the weaver, "[[Tom Vane]]", tom-vane, "[[characters/Tom Vane|Tom]]", [[Tom Vane#Youth]], characters/ada]
        location: old mill
        image: "[[map of town.png]]"
        up: "[[board.canvas]]"
        pages: "[[board]]"
        mentions:
        ---
        [[Ada Vane]] [[the weaver]] [[ada-vane]] [[tom vane]] [[characters/tom vane.md]] [[../characters/Tom Vane]] [[Tom Vane#youth]]
        [[Tom Vane#^end]] ![[map of town.png]] ![[map of town.png|300]] [[#One]] [[board.canvas]] [[Tom Vane\|Tom]]
        [a](../characters/Tom%20Vane.md) [b](<../characters/Tom Vane.md#youth>) ![c](../img/map%20of%20town.png) [d](../img) [e](#one)
        [f](https://example.org/x.md) [g](mailto:a@b.c) [h](../characters/Tom%20Vane.md "title") [i](#bottom) [j](#)

        # One

        <a id="bottom"></a>
        """);

    [TestCase("characters/kit.md", "---\naliases: Kitty, The Long Lost Daughter of the Miller\n---\n", "[Kitty, The Long Lost Daughter of the Miller]")]
    [TestCase("characters/kit.md", "---\naliases: \"Kitty,Cat\"\n---\n", "[Kitty, Cat]")]
    [TestCase("characters/kit.yaml", "aliases: Kitty, The Cat ,\n", "[Kitty, The Cat]")]
    [TestCase("characters/kit.yaml", "aliases: Kitty, who came down from the hills\n", "[\"Kitty, who came down from the hills\"]")]
    [TestCase("characters/kit.yaml", "aliases: [\"Kitty, Lady\"]\n", "[\"Kitty, Lady\"]")]
    public void Aliases_with_commas(string path, string text, string names)
    {
        var workspace = Testing.FixtureWorkspace.Of(Cast + $"//- {path}\n{text}//- scenes/a.yaml\ncharacters: {names}\n");
        workspace.AssertFindings();
        var source = workspace.Text(path)!;
        foreach (var alias in workspace.Snapshot.Facts(path)!.Containers[0].Aliases)
        {
            Assert.That(source.Slice(alias.Span), Is.EqualTo(alias.Text));
        }
    }

    [TestCase("relations: [\"[[Ada Vane]]\", tom-vane]")]
    [TestCase("relations: [[Ada Vane]]")]
    [TestCase("relations: Ada Vane")]
    [TestCase("relations: [ada-vane, {to: Tom Vane, kind: friend}]")]
    [TestCase("progressions:")]
    [TestCase("matching: \"[[one]]\"")]
    public void A_name_alone_where_an_object_begins_with_one(string field) =>
        RuleCheck.Clean(Cast + $"//- scenes/one.yaml\nname: One\n//- characters/kit.yaml\n{field}\n");

    [Test]
    public void A_name_alone_is_looked_up() => RuleCheck.Faults(Cast + """
        //- characters/kit.yaml
        relations: [Ad Vane]
        #           ^^^^^^^ ref/unresolved error: no character
        matching: x
        #         ^ schema/wrong-type
        """);

    [Test]
    public void References_that_name_nothing() => RuleCheck.Faults(Cast + """
        //- scenes/one.md
        ---
        characters: ["[[Tim Vane|Tim]]", 'Vane''s', ada-vane]
        #               ^^^^^^^^ ref/unresolved error: `Tim Vane`
        #                                 ^^^^^^^ ref/unresolved
        location: [[The Weir]]
        #           ^^^^^^^^ ref/unresolved: no location
        ---
        //- scenes/two.md
        ---
        pov: Ad Vane
        #    ^^^^^^^ ref/unresolved error: no character
        ---
        //- locations/weir.yaml
        name: Weir
        within: wier
        #       ^^^^ ref/unresolved
        routes:
          - to: the moon
        #       ^^^^^^^^ ref/unresolved
        """);

    [Test]
    public void Wikilinks_that_name_nothing() => RuleCheck.Faults(Cast + """
        //- notes/plan.md
        See [[Tom Vain]], [[Tom Vane#Yuoth|then]], [[Tom Vane#^edn]] and ![[map of town.jpg]].
        #     ^^^^^^^^ ref/unresolved error: no file
        #                            ^^^^^ ref/unresolved error: no heading of `characters/Tom Vane.md`
        #                                                     ^^^^ ref/unresolved error: no block
        #                                                                   ^^^^^^^^^^^^^^^ ref/unresolved error
        """);

    [TestCase("pov: Ad Vane", "Replace with `ada-vane`", "pov: ada-vane")]
    [TestCase("pov: \"[[Tom Vain|T]]\"", "Replace with `Tom Vane`", "pov: \"[[Tom Vane|T]]\"")]
    [TestCase("pov: 'Tom V''ane'", "Replace with `Tom Vane`", "pov: 'Tom Vane'")]
    [TestCase("pov: Tom", "Replace with `Tom Vane`", "pov: Tom Vane")]
    public void The_nearest_name(string before, string title, string after) =>
        RuleCheck.Fix(Cast + $"//- scenes/a.yaml\n{before}", "ref/unresolved", title, Cast + $"//- scenes/a.yaml\n{after}");

    [Test]
    public void A_container_is_created_as_its_siblings_are()
    {
        RuleCheck.Fix(
            Cast + "//- scenes/a.yaml\nlocation: dark-weir", "ref/unresolved", "Create the location `locations/dark-weir.yaml`",
            Cast + "//- scenes/a.yaml\nlocation: dark-weir\n//- locations/dark-weir.yaml\nid: dark-weir\nname: Dark Weir");
        RuleCheck.Fix(
            Cast + "//- scenes/a.yaml\nthreads: [\"Gun: on the wall?\"]", "ref/unresolved", "Create the thread `threads/gun-on-the-wall.yaml`",
            Cast + "//- scenes/a.yaml\nthreads: [\"Gun: on the wall?\"]\n//- threads/gun-on-the-wall.yaml\nname: \"Gun: on the wall?\"");
        RuleCheck.Fix(
            "//- a.md\n---\ntype: scene\npov: kit\n---\n", "ref/unresolved", "Create the character `characters/kit.md`",
            "//- a.md\n---\ntype: scene\npov: kit\n---\n//- characters/kit.md\n# Kit");
        RuleCheck.Fix(
            "//- notes/a.md\nSee [[New Book]].", "ref/unresolved", "Create the note `notes/New Book.md`",
            "//- notes/a.md\nSee [[New Book]].\n//- notes/New Book.md\n# New Book");
        RuleCheck.Fix(
            "//- a.yaml\ncharacters:\n  - {id: kit, name: Kit, home: weir}", "ref/unresolved", "Create the location `locations/weir.yaml`",
            "//- a.yaml\ncharacters:\n  - {id: kit, name: Kit, home: weir}\n//- locations/weir.yaml\ntype: location\nid: weir\nname: Weir");
    }

    [Test]
    public void All_that_is_missing_is_created() => RuleCheck.Fix(
        Cast + "//- scenes/a.md\n---\npov: kit\ncharacters: [kit, Lena]\nlocation: weir\n---\n[[Lena]] [[Other]]",
        "ref/unresolved",
        "Create all 4 that are missing here",
        Cast + "//- scenes/a.md\n---\npov: kit\ncharacters: [kit, Lena]\nlocation: weir\n---\n[[Lena]] [[Other]]\n//- characters/Lena.md\n# Lena\n" +
        "//- characters/kit.md\n# Kit\n//- locations/weir.yaml\nid: weir\nname: Weir\n//- Other.md\n# Other");

    [TestCase("ada-vane, tom-vane", "[ada-vane, tom-vane]")]
    [TestCase("Ada Vane and Tom Vane # both", "[Ada Vane, Tom Vane] # both")]
    [TestCase("ada-vane; Tom Vane", "[ada-vane, Tom Vane]")]
    [TestCase("Ada Vane, tom-vane und Ada Vane", "[Ada Vane, tom-vane, Ada Vane]")]
    [TestCase("ada-vane / tom-vane", "[ada-vane, tom-vane]")]
    [TestCase("Ada Vane & Tom Vane", "[Ada Vane, Tom Vane]")]
    [TestCase("\"[[Ada Vane]], [[Tom Vane|Tom]]\"", "[\"[[Ada Vane]]\", \"[[Tom Vane|Tom]]\"]")]
    [TestCase("\n  - ada-vane, Tom Vane", "\n  - ada-vane\n  - Tom Vane")]
    [TestCase("[ada-vane, \"Tom Vane, The Weaver\"]", "[ada-vane, Tom Vane, The Weaver]")]
    public void Several_names_in_one_value(string before, string after)
    {
        var fixture = Cast + $"//- scenes/a.yaml\ncharacters: {before}\nlocation: dark-weir\n";
        var found = Testing.FixtureWorkspace.Of(fixture).AllFindings();
        Assert.That(found[0].Finding.Message, Does.Contain("names stand in one value: make it a list"));
        var title = RuleCheck.Titles(fixture, "ref/unresolved");
        Assert.That(title, Has.Count.EqualTo(1).And.One.StartsWith("Make it a list"));
        RuleCheck.Fix(fixture, "ref/unresolved", title[0], Cast + $"//- scenes/a.yaml\ncharacters: {after}\nlocation: dark-weir\n");
        RuleCheck.Fixes(Testing.FixtureWorkspace.Of(fixture));
    }

    [Test]
    public void Several_unknown_names_are_no_container() =>
        Assert.That(RuleCheck.Titles(Cast + "//- scenes/a.yaml\ncharacters: Kit, Lena Roe\nlocation: weir\n", "ref/unresolved"), Is.EqualTo(new[] { "Make it a list: `[Kit, Lena Roe]`" }));

    [Test]
    public void Several_names_where_one_is_wanted() =>
        Assert.That(RuleCheck.Titles(Cast + "//- scenes/a.yaml\npov: ada-vane, Tom Vane\n", "ref/unresolved"), Is.EqualTo(new[] { "Replace with `ada-vane`", "Replace with `Tom Vane`" }));

    [Test]
    public void Several_names_where_one_is_wanted_and_one_is_new() =>
        Assert.That(RuleCheck.Titles(Cast + "//- scenes/a.yaml\npov: ada-vane and Tim\n", "ref/unresolved"), Is.EqualTo(new[] { "Replace with `ada-vane`" }));

    [TestCase("location: Mill Lane, Hollow Creek", "Create the location `locations/mill-lane-hollow-creek.yaml`")]
    [TestCase("threads: [Sense and Sensibility]", "Create the thread `threads/sense-and-sensibility.yaml`")]
    public void One_name_of_several_words(string field, string title) =>
        Assert.That(RuleCheck.Titles(Cast + $"//- scenes/a.yaml\n{field}\n", "ref/unresolved"), Does.Contain(title));

    [Test]
    public void Scenes_of_the_manuscript() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        manuscript:
          - arrival
          - [The Dinner, [ch-2, nowhere]]
        #                       ^^^^^^^ ref/unresolved error: no scene here
          - Part Two: ["[[Arrival]]", [[arrival]], scenes/more.yaml, more, chapters/two]
          - scenes.md
          - arival
        #   ^^^^^^ ref/unresolved
          - ada
        #   ^^^ ref/wrong-type: is a character
        //- scenes/arrival.md
        # Arrival
        //- locations/dinner.yaml
        name: The Dinner
        //- scenes/dinner.yaml
        name: The Dinner
        //- chapters/two.yaml
        id: ch-2
        //- scenes/more.yaml
        scenes:
          - {id: more-1, name: More}
        //- notes/scenes.md
        Text.
        //- characters/ada.yaml
        name: Ada
        """);

    [Test]
    public void A_scene_of_the_manuscript_that_comes_is_no_longer_missing() => RuleCheck.Fix(
        "//- story.yaml\nstory: 1\nmanuscript: [arrival]", "ref/unresolved", "Create the scene `scenes/arrival.yaml`",
        "//- story.yaml\nstory: 1\nmanuscript: [arrival]\n//- scenes/arrival.yaml\nid: arrival\nname: Arrival");

    [Test]
    public void The_wrong_type() => RuleCheck.Faults(Cast + """
        //- scenes/one.yaml
        pov: Old Mill
        #    ^^^^^^^^ ref/wrong-type error: is a location, and `pov` takes a character
        location: "[[Tom Vane]]"
        #            ^^^^^^^^ ref/wrong-type error
        """);

    [Test]
    public void A_type_that_extends_the_wanted_one_fits() => RuleCheck.Clean(Cast + """
        //- schemas/ship.yaml
        schema: ship
        extends: location
        //- ships/swift.yaml
        name: Swift
        //- scenes/one.yaml
        location: Swift
        """);

    [Test]
    public void Several_of_one_name() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- characters/one.yaml
        id: tom-1
        name: Tom
        //- characters/two.yaml
        name: Tom
        //- scenes/one.md
        ---
        pov: "Tom"
        #     ^^^ ref/ambiguous warning: any of 2
        ---
        See [[Tommy]] and [[Tom]].
        #     ^^^^^ ref/ambiguous warning
        #                   ^^^ ref/ambiguous warning
        //- a/x.yaml
        name: Tommy
        //- b/x.yaml
        name: Tommy
        """);

    [Test]
    public void A_reference_is_pinned()
    {
        const string Toms = "//- story.yaml\nstory: 1\n//- characters/a.yaml\nid: tom-1\nname: Tom\n//- characters/b.yaml\nname: Tom\n//- characters/old/b.yaml\nname: Tom\n";
        Assert.That(RuleCheck.Titles(Toms + "//- s.md\n---\ntype: scene\npov: Tom\n---\n", "ref/ambiguous"), Is.EqualTo(new[]
        {
            "Pin to `tom-1` (characters/a.yaml)", "Pin to `characters-b` (characters/b.yaml)", "Pin to `old-b` (characters/old/b.yaml)",
        }));
        RuleCheck.Fix(Toms + "//- s.md\nSee [[Tom]].", "ref/ambiguous", "Pin to `tom-1` (characters/a.yaml)", Toms + "//- s.md\nSee [[tom-1|Tom]].");
    }

    [Test]
    public void A_file_of_that_name_is_never_ambiguous_to_a_wikilink() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        //- a/Tom.md
        x
        //- b/Tom.md
        [[Tom]] [[a/Tom]]
        //- c.md
        [[Tom]]
        """);

    [Test]
    public void One_id_twice() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- characters/a.yaml
        id: ada
        name: Ada
        //- characters/b.md
        ---
        id: "ada"
        #    ^^^ ref/duplicate-id error: the character `Ada`
        name: Ada Two
        pov: x
        ---
        //- scenes/a.yaml
        pov: ada
        //- scenes/b.yaml
        id: Ada
        """);

    [Test]
    public void The_later_id_is_renamed() => RuleCheck.Fix(
        "//- story.yaml\nstory: 1\n//- a.yaml\nid: ada\n//- b.yaml\nid: 'ada'\n//- c.yaml\nid: ada-2", "ref/duplicate-id", "Rename this one to `ada-3`",
        "//- story.yaml\nstory: 1\n//- a.yaml\nid: ada\n//- b.yaml\nid: 'ada-3'\n//- c.yaml\nid: ada-2");

    [Test]
    public void One_key_twice_in_a_map_of_ids_is_one_fault() => Testing.FixtureWorkspace.Of("""
        //- cast.yaml
        characters:
          ada: {name: Ada}
          ada: {name: Other}
        # ^^^ yaml/duplicate-key
        """).AssertFindings();

    [Test]
    public void Derived_ids_may_collide() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        //- characters/mill.yaml
        hair: red
        //- locations/mill.yaml
        name: Other
        //- Other/mill.md
        Text.
        """);

    [Test]
    public void Paths_that_lead_nowhere() => RuleCheck.Faults(Cast + """
        //- notes/plan.md
        [a](mill.yaml) [b](../characters/Tom%20Vane.md#yuoth) ![c](<map of town.png>) [d](#end-of-it) [e](../../out.md)
        #   ^^^^^^^^^ ref/broken-path warning: looked up from the folder `notes`
        #                                              ^^^^^ ref/broken-path: no heading `yuoth`
        #                                                           ^^^^^^^^^^^^^^^ ref/broken-path
        #                                                                                  ^^^^^^^^^ ref/broken-path
        #                                                                                                 ^^^^^^^^^^^^ ref/broken-path
        # The end of it
        """);

    [Test]
    public void A_path_from_the_root() => RuleCheck.Faults(Cast + """
        //- notes/plan.md
        [a](/locations/mill.yaml) [b](locations/mill.yaml) [c](/nowhere.md) [d](Vane.md)
        #                                                      ^^^^^^^^^^^ ref/broken-path warning: looked up from the top folder
        #                                                                       ^^^^^^^ ref/broken-path
        """);

    [TestCase("[a](mill.yaml)", "Replace with `../locations/mill.yaml`", "[a](../locations/mill.yaml)")]
    [TestCase("![a](<map of town.png>)", "Replace with `../img/map%20of%20town.png`", "![a](<../img/map%20of%20town.png>)")]
    [TestCase("[a](../characters/Tom%20Vane.md#yuoth)", "Replace with `youth`", "[a](../characters/Tom%20Vane.md#youth)")]
    public void The_nearest_path(string before, string title, string after) =>
        RuleCheck.Fix(Cast + $"//- notes/plan.md\n{before}", "ref/broken-path", title, Cast + $"//- notes/plan.md\n{after}");
}

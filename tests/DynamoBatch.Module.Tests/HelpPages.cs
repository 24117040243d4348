namespace DynamoBatch.Module.Tests;

/// <summary>Pages that are right, to be made wrong in one place.</summary>
internal static class HelpPages
{
    public const string Common = """
        # Common parameters

        ## Connection

        ### -Region

        Type: String. Alias: -RegionToCall.

        The region, such as `eu-west-1`.
        """;

    public const string GoodPage = """
        # Read-DdbThing

        Reads things.

        ## Syntax

        ```
        Read-DdbThing [-Name] <string> [-Mode <Mode>] [<options>]
        ```

        ## Description

        It reads. [about_Things](about_Things.md) says more, and so does [the runbook](runbooks/things.md).

        ## Examples

        ### One

        ```powershell run
        Read-DdbThing a
        ```
        ```
        a   1
        ```

        The first.

        ### Two

        ```powershell
        Read-DdbThing b
        ```

        The second.

        ### Three

        ```powershell
        Read-DdbThing c
        ```

        The third.

        ## Parameters

        Described with the [common parameters](common-parameters.md): [-Region](common-parameters.md#-region).

        ### -Name

        Type: String.

        Its name.

        In two paragraphs.

        ### -Mode

        Type: Mode. Default: Fast. Values: Fast, Slow.

        How.

        ## Input

        **None**. Nothing.

        ## Output

        **Things.Thing**. The thing.

        ## Errors

        | ErrorId | Category | When |
        |---|---|---|
        | ThingNotFound | ObjectNotFound | there is none |

        ## IAM actions

        None.

        ## Limits

        - One thing.

        ## Related links

        - [Things](https://example.org/things)
        """;

    public const string Topic = """
        # about_Things

        Things in general.

        ## Long description

        Each has a name.
        """;
}

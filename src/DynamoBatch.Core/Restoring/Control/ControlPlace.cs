namespace DynamoBatch.Core.Restoring.Control;

/// <summary>Where control-plane requests go, in the words that messages need.</summary>
/// <param name="Place">Such as "in region eu-west-1".</param>
/// <param name="Identity">Where the credentials came from.</param>
/// <param name="CliOptions">What an AWS CLI command needs to reach the same place, such as "--region eu-west-1".</param>
internal sealed record ControlPlace(string Place, string Identity, string CliOptions)
{
    /// <summary>An AWS CLI command that reaches the same place.</summary>
    /// <param name="arguments">What follows "aws dynamodb", with its parameters.</param>
    public string Cli(string arguments) => $"aws dynamodb {arguments} {CliOptions}";
}

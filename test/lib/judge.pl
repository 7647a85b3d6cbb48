# Mail::DKIM's word on each signature of each message: judge.pl DNS_PORT FILE...
# Prints lines "FILE mail-dkim ALGORITHM pass|fail|unsupported".
use strict;
use warnings;
use Mail::DKIM::DNS;
use Mail::DKIM::Signature;
use Mail::DKIM::Verifier;
use Net::DNS::Resolver;

my ($port, @files) = @ARGV;
Mail::DKIM::DNS::resolver(
    Net::DNS::Resolver->new(nameservers => ['127.0.0.1'], port => $port, recurse => 0));

for my $file (@files) {
    my $verifier = Mail::DKIM::Verifier->new();
    open my $in, '<:raw', $file or die "$file: $!\n";
    $verifier->PRINT($_) while <$in>;
    close $in;
    $verifier->CLOSE;
    for my $signature ($verifier->signatures) {
        my $algorithm = $signature->algorithm;
        my $known     = Mail::DKIM::Signature->get_algorithm_class($algorithm);
        my $word = !defined $known ? 'unsupported' : $signature->result eq 'pass' ? 'pass' : 'fail';
        print "$file mail-dkim $algorithm $word\n";
        print STDERR "$file: ", $signature->result_detail, "\n" if $word eq 'fail';
    }
}
